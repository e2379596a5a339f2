package io.penstock.wire.compress;

import io.penstock.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where a decompressor puts its bytes: an array that is kept between calls and grows as they really come.
 *
 * <p>Owned by its decompressor. Never holds more than the maximum it was started with, and at most doubles in a step, so
 * that a size which the bytes only claim costs nothing.
 */
final class BoundedOutput {

    private static final int FIRST_BYTES = 16 * 1024;

    private byte[] array = {};
    private int size;
    private int maxSizeBytes;

    void start(int newMaxSizeBytes) {
        size = 0;
        maxSizeBytes = newMaxSizeBytes;
    }

    /** Makes room for {@code extra} more bytes; fails when that passes the maximum. */
    void reserve(long extra) {
        long needed = size + extra;
        if (needed > maxSizeBytes) {
            throw new WireFormatException("Records decompress to more than the maximum of " + maxSizeBytes + " bytes");
        }
        if (needed > array.length) {
            long grown = Math.max(needed, Math.max(FIRST_BYTES, array.length * 2L));
            array = Arrays.copyOf(array, (int) Math.min(grown, maxSizeBytes));
        }
    }

    /** How many more bytes fit, at least one unless the maximum is reached. */
    int room() {
        if (size == array.length && size < maxSizeBytes) {
            reserve(1);
        }
        return Math.min(array.length, maxSizeBytes) - size;
    }

    int maxSizeBytes() {
        return maxSizeBytes;
    }

    byte[] array() {
        return array;
    }

    int size() {
        return size;
    }

    void advance(int bytes) {
        size += bytes;
    }

    ByteBuffer result() {
        return ByteBuffer.wrap(array, 0, size).slice();
    }
}
