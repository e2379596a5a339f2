package io.penstock.wire.compress;

import java.nio.ByteBuffer;

/**
 * One direct buffer that is kept, and replaced by a larger one when it does not suffice.
 *
 * <p>Owned by its codec. Grows only to what was asked for, in whole steps of 16 KiB; contents are lost when it grows.
 */
final class DirectScratch {

    private static final int STEP_BYTES = 16 * 1024;

    private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

    /** The buffer, cleared, with at least {@code sizeBytes}. */
    ByteBuffer atLeast(long sizeBytes) {
        if (sizeBytes > buffer.capacity()) {
            if (sizeBytes > Integer.MAX_VALUE - STEP_BYTES) {
                throw new IllegalArgumentException("Batch of " + sizeBytes + " bytes is too large to compress");
            }
            int steps = (int) ((sizeBytes + STEP_BYTES - 1) / STEP_BYTES);
            buffer = ByteBuffer.allocateDirect(steps * STEP_BYTES);
        }
        return buffer.clear();
    }
}
