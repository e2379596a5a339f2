package io.penstock.internal.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Direct buffers for the frames of requests under way, used again.
 *
 * <p>The loop's. A buffer is out for as long as its request is unanswered; at most {@value #MAX_KEPT} are kept, none larger than
 * {@value #MAX_KEPT_BYTES} bytes.
 */
final class FrameBuffers {

    private static final int MAX_KEPT = 16;
    private static final int MAX_KEPT_BYTES = 256 * 1024;
    private static final int MIN_BYTES = 1024;

    private final ArrayDeque<ByteBuffer[]> kept = new ArrayDeque<>(MAX_KEPT);

    /** One, cleared, with room for so many bytes; in an array, as connections take frames, which is used again with it. */
    ByteBuffer[] take(long sizeBytes) {
        if (sizeBytes > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("A request of " + sizeBytes + " bytes is too large to send");
        }
        ByteBuffer[] buffer = kept.pollLast();
        if (buffer != null && buffer[0].capacity() >= sizeBytes) {
            buffer[0].clear();
            return buffer;
        }
        int capacity = Math.max(MIN_BYTES, Integer.highestOneBit((int) sizeBytes - 1) << 1);
        return new ByteBuffer[] {ByteBuffer.allocateDirect(capacity)};
    }

    /** Nothing of the network reads it any more. */
    void giveBack(ByteBuffer[] buffer) {
        if (kept.size() < MAX_KEPT && buffer[0].capacity() <= MAX_KEPT_BYTES) {
            kept.addLast(buffer);
        }
    }
}
