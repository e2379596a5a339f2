package io.penstock.internal.accumulator;

import java.nio.ByteBuffer;

/**
 * A fixed piece of direct memory, lent by the {@link PagePool}.
 *
 * <p>Pages of one batch that happen to be neighbours in memory form a run, headed by the first of them: it is filled, summed and
 * sent as one piece. {@code runBytes} and {@code usedBytes} are then those of the run; the others of it have none.
 *
 * <p>Owned by one batch at a time: whoever holds the partition's lock fills it while the batch is open, the loop alone
 * touches it afterwards. {@code usedBytes} is what of it belongs to the batch.
 */
final class Page {

    private final ByteBuffer slab;
    private final int offset;
    private final ByteBuffer buffer;
    private int runBytes;
    private int usedBytes;
    private final boolean pooled;
    private boolean lent;

    Page(ByteBuffer slab, int offset, int sizeBytes, boolean pooled) {
        this.slab = slab;
        this.offset = offset;
        this.buffer = slab.slice(offset, sizeBytes);
        this.pooled = pooled;
    }

    /** False for one that exists beside the pool, for a split in a moment without memory. */
    boolean isPooled() {
        return pooled;
    }

    /** This page alone: position 0, limit at the capacity. */
    ByteBuffer buffer() {
        return buffer;
    }

    /** The memory that this page and its run lie in, at {@link #offset()}; only absolute puts, as others' pages lie there too. */
    ByteBuffer slab() {
        return slab;
    }

    int offset() {
        return offset;
    }

    /** Whether this page's memory begins where the other's ends. */
    boolean follows(Page other) {
        return slab == other.slab && offset == other.offset + other.buffer.capacity();
    }

    /** What the run headed by this page holds; 0 in the midst of a run. */
    int runBytes() {
        return runBytes;
    }

    void runBytes(int bytes) {
        runBytes = bytes;
    }

    int usedBytes() {
        return usedBytes;
    }

    void usedBytes(int bytes) {
        usedBytes = bytes;
    }

    int freeBytes() {
        return runBytes - usedBytes;
    }

    /** Under the pool's lock. */
    void onLent() {
        if (lent) {
            throw new IllegalStateException("Page was lent twice");
        }
        lent = true;
        usedBytes = 0;
        runBytes = buffer.capacity();
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
