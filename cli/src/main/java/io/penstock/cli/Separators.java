package io.penstock.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Reads a separator as a person types it: {@code \t}, {@code \n}, {@code \r}, {@code \\} and {@code \xHH} stand for bytes. */
final class Separators {

    private Separators() {}

    /** The bytes meant; throws {@link IllegalArgumentException} for an empty one or an unknown escape. */
    static byte[] parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the key separator is empty: give at least one character, as in -K :");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c != '\\') {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            } else if (i < text.length() && text.charAt(i) == 'x' && isHex(text, i + 1)) {
                bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 3;
            } else {
                bytes.write(escaped(text, i));
                i++;
            }
        }
        return bytes.toByteArray();
    }

    private static boolean isHex(String text, int at) {
        return at + 2 <= text.length()
                && Character.digit(text.charAt(at), 16) >= 0
                && Character.digit(text.charAt(at + 1), 16) >= 0;
    }

    private static int escaped(String text, int at) {
        char c = at < text.length() ? text.charAt(at) : ' ';
        return switch (c) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case '\\' -> '\\';
            default ->
                throw new IllegalArgumentException("the key separator \"" + text
                        + "\" has a backslash that stands for nothing: known are \\t \\n \\r \\\\ and \\xHH");
        };
    }
}
