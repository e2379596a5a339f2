package io.penstock.wire.compress;

import java.nio.ByteBuffer;

/**
 * The bytes of a buffer as an array: its own when it has one, else a copy that is kept and reused.
 *
 * <p>Owned by its decompressor. Of a buffer with an array nothing is copied.
 */
final class ArraySource {

    private byte[] copy = {};
    private byte[] array = copy;
    private int offset;
    private int length;

    void start(ByteBuffer source) {
        length = source.remaining();
        if (source.hasArray()) {
            array = source.array();
            offset = source.arrayOffset() + source.position();
            return;
        }
        if (copy.length < length) {
            copy = new byte[length];
        }
        source.get(source.position(), copy, 0, length);
        array = copy;
        offset = 0;
    }

    byte[] array() {
        return array;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }
}
