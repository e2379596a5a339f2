package io.penstock.wire.record;

import java.nio.ByteBuffer;

/**
 * UTF-8 of header keys, sized and written without an array in between.
 *
 * <p>Stateless. A surrogate without its partner becomes {@code '?'}, as in {@link String#getBytes(java.nio.charset.Charset)}.
 */
final class Utf8 {

    private Utf8() {}

    static int sizeOf(String text) {
        int size = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                if (c < 0x800) {
                    size++;
                } else if (!Character.isSurrogate(c)) {
                    size += 2;
                } else if (isPair(text, i)) {
                    size += 2; // two chars, four bytes
                    i++;
                }
            }
        }
        return size;
    }

    /** Puts at an absolute index and returns the next one. */
    static int put(ByteBuffer page, int index, String text) {
        int at = index;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                page.put(at++, (byte) c);
            } else if (c < 0x800) {
                page.put(at++, (byte) (0xc0 | c >> 6));
                page.put(at++, (byte) (0x80 | c & 0x3f));
            } else if (!Character.isSurrogate(c)) {
                page.put(at++, (byte) (0xe0 | c >> 12));
                page.put(at++, (byte) (0x80 | c >> 6 & 0x3f));
                page.put(at++, (byte) (0x80 | c & 0x3f));
            } else if (isPair(text, i)) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                page.put(at++, (byte) (0xf0 | point >> 18));
                page.put(at++, (byte) (0x80 | point >> 12 & 0x3f));
                page.put(at++, (byte) (0x80 | point >> 6 & 0x3f));
                page.put(at++, (byte) (0x80 | point & 0x3f));
            } else {
                page.put(at++, (byte) '?');
            }
        }
        return at;
    }

    private static boolean isPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }
}
