package io.penstock.internal.admission;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where one key or value lies before it is copied into a page, unless its serializer made an array for it: memory that is used
 * again and again.
 *
 * <p>Owned by the thread that has its {@link Scratch}. Grows up to {@link #MAX_BYTES}.
 */
final class ScratchPiece {

    /** What is larger gets an array: it weighs little beside so many bytes, and scratch memory stays small. */
    static final int MAX_BYTES = 32 * 1024;

    /** A char takes three bytes at most; a surrogate pair four. */
    static final int MAX_CHARS = MAX_BYTES / 3;

    private static final int FIRST_BYTES = 256;

    private ByteBuffer room = ByteBuffer.allocate(FIRST_BYTES);
    private CharBuffer chars = CharBuffer.allocate(0);
    private final CharsetEncoder utf8 = StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private int sizeBytes;

    /** How much of the array counts: of this piece's own what was filled last, of any other all; -1 for null. */
    int sizeOf(byte @Nullable [] bytes) {
        if (bytes == null) {
            return -1;
        }
        return bytes == room.array() ? sizeBytes : bytes.length;
    }

    /** So many bytes to be filled, big-endian. */
    ByteBuffer fill(int bytes) {
        ByteBuffer target = room(bytes).order(ByteOrder.BIG_ENDIAN);
        sizeBytes = bytes;
        return target;
    }

    /**
     * The bytes are this text's in UTF-8, as {@link String#getBytes} makes them; no longer than {@link #MAX_CHARS}.
     *
     * <p>Copied out and encoded as arrays, because the JDK does both many bytes at a time: 23 ns for 100 letters, where
     * {@code getBytes} and its array take 29 and two passes of {@code charAt} 57 (JDK 25).
     */
    byte[] fill(String text) {
        int length = text.length();
        if (chars.capacity() < length) {
            chars = CharBuffer.allocate(grown(length, MAX_CHARS));
        }
        text.getChars(0, length, chars.array(), 0);
        ByteBuffer target = room(length * 3);
        utf8.reset();
        utf8.encode(chars.clear().limit(length), target, true);
        utf8.flush(target);
        sizeBytes = target.position();
        return target.array();
    }

    private ByteBuffer room(int bytes) {
        if (room.capacity() < bytes) {
            room = ByteBuffer.allocate(grown(bytes, MAX_BYTES));
        }
        return room.clear().limit(bytes);
    }

    private static int grown(int needed, int max) {
        return Math.min(max, Math.max(FIRST_BYTES, Integer.highestOneBit(Math.max(1, needed - 1)) * 2));
    }
}
