package io.penstock.testkit.fake;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a connection delivers into frames: four bytes of size, then as many of request.
 *
 * <p>Each frame gets a buffer of its own, since batches may be kept of it.
 */
final class Frames {

    private static final int SIZE_BYTES = 4;

    /** As {@code socket.request.max.bytes}. */
    private static final int MAX_FRAME_BYTES = 100 * 1024 * 1024;

    private final ByteBuffer size = ByteBuffer.allocate(SIZE_BYTES);
    private @Nullable ByteBuffer body;

    /**
     * Takes bytes of {@code in} up to the end of a frame.
     *
     * @return that frame; null when {@code in} is used up
     * @throws IllegalArgumentException when the size cannot be one
     */
    @Nullable
    ByteBuffer next(ByteBuffer in) {
        ByteBuffer filling = body;
        if (filling == null) {
            move(in, size);
            if (size.hasRemaining()) {
                return null;
            }
            int length = size.getInt(0);
            if (length < 0 || length > MAX_FRAME_BYTES) {
                throw new IllegalArgumentException("A frame of " + length + " bytes");
            }
            filling = ByteBuffer.allocate(length);
            body = filling;
        }
        move(in, filling);
        if (filling.hasRemaining()) {
            return null;
        }
        body = null;
        size.clear();
        return filling.flip();
    }

    private static void move(ByteBuffer in, ByteBuffer out) {
        int count = Math.min(in.remaining(), out.remaining());
        ByteBuffer part = in.slice(in.position(), count);
        out.put(part);
        in.position(in.position() + count);
    }
}
