package io.penstock.internal.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Direct buffers for the frames of requests under way, used again.
 *
 * <p>The loop's. A buffer is out for as long as its request is unanswered; at most {@value #MAX_KEPT} are kept, of
 * {@value #MAX_KEPT_BYTES} bytes together. A request with thousands of small batches has one of a megabyte: taken anew from the system,
 * it would be cleared and mapped page by page each time.
 */
final class FrameBuffers {

    private static final int MAX_KEPT = 16;
    private static final int MAX_KEPT_BYTES = 4 << 20;
    private static final int MIN_BYTES = 1024;

    /** From here on capacities are multiples of it, below powers of two. */
    private static final int STEP_BYTES = 64 * 1024;

    private final ArrayDeque<ByteBuffer[]> kept = new ArrayDeque<>(MAX_KEPT);
    private int keptBytes;

    /** One, cleared, with room for so many bytes; in an array, as connections take frames, which is used again with it. */
    ByteBuffer[] take(long sizeBytes) {
        if (sizeBytes > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("A request of " + sizeBytes + " bytes is too large to send");
        }
        ByteBuffer[] buffer = kept.pollLast();
        if (buffer != null) {
            keptBytes -= buffer[0].capacity();
            if (buffer[0].capacity() >= sizeBytes) {
                buffer[0].clear();
                return buffer;
            }
        }
        return new ByteBuffer[] {ByteBuffer.allocateDirect(capacityFor((int) sizeBytes))};
    }

    private static int capacityFor(int sizeBytes) {
        if (sizeBytes > STEP_BYTES) {
            return (sizeBytes + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES;
        }
        return Math.max(MIN_BYTES, Integer.highestOneBit(sizeBytes - 1) << 1);
    }

    /** Nothing of the network reads it any more. */
    void giveBack(ByteBuffer[] buffer) {
        if (kept.size() < MAX_KEPT && buffer[0].capacity() <= MAX_KEPT_BYTES - keptBytes) {
            keptBytes += buffer[0].capacity();
            kept.addLast(buffer);
        }
    }
}
