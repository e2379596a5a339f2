package io.penstock.internal.accumulator;

import java.nio.ByteBuffer;

/**
 * A fixed piece of direct memory, lent by the {@link PagePool}.
 *
 * <p>Owned by one batch at a time: whoever holds the partition's lock fills it while the batch is open, the loop alone
 * touches it afterwards. {@code usedBytes} is what of it belongs to the batch.
 */
final class Page {

    private final ByteBuffer buffer;
    private int usedBytes;
    private final boolean pooled;
    private boolean lent;

    Page(ByteBuffer buffer, boolean pooled) {
        this.buffer = buffer;
        this.pooled = pooled;
    }

    /** False for one that exists beside the pool, for a split in a moment without memory. */
    boolean isPooled() {
        return pooled;
    }

    /** Position 0, limit at the capacity; written with absolute puts only. */
    ByteBuffer buffer() {
        return buffer;
    }

    int usedBytes() {
        return usedBytes;
    }

    void usedBytes(int bytes) {
        usedBytes = bytes;
    }

    int freeBytes() {
        return buffer.capacity() - usedBytes;
    }

    /** Under the pool's lock. */
    void onLent() {
        if (lent) {
            throw new IllegalStateException("Page was lent twice");
        }
        lent = true;
        usedBytes = 0;
        buffer.clear();
    }

    /** Under the pool's lock. A second return is the mistake behind CVE-2026-35554, so it is loud. */
    void onReturned() {
        if (!lent) {
            throw new IllegalStateException("Page was returned twice");
        }
        lent = false;
    }
}
