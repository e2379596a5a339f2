package io.penstock.internal.accumulator;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed piece of direct memory, lent by the {@link PagePool}; or a quarter of one, which only the first of a batch can be.
 *
 * <p>Pages of one batch that happen to be neighbours in memory form a run, headed by the first of them: it is filled, summed and
 * sent as one piece. {@code runBytes} and {@code usedBytes} are then those of the run; the others of it have none.
 *
 * <p>Owned by one batch at a time: whoever holds the partition's lock fills it while the batch is open, the loop alone
 * touches it afterwards. {@code usedBytes} is what of it belongs to the batch.
 */
final class Page {

    private final PageSlab home;
    private final int index;
    private final ByteBuffer slab;
    private final int offset;
    private final ByteBuffer buffer;
    private final int sizeBytes;
    private @Nullable PageSlab quarters;
    private int runBytes;
    private int usedBytes;

    /** @param index of it in the slab */
    Page(PageSlab home, ByteBuffer slab, int index, int sizeBytes) {
        this.home = home;
        this.index = index;
        this.slab = slab;
        this.offset = index * sizeBytes;
        this.buffer = slab.slice(offset, sizeBytes);
        this.sizeBytes = sizeBytes;
    }

    PageSlab home() {
        return home;
    }

    /** Its place in its slab. */
    int index() {
        return index;
    }

    /** Its quarters as pages of their own, to be lent instead of it. */
    PageSlab quarters() {
        PageSlab cut = quarters;
        if (cut == null) {
            cut = PageSlab.quartersOf(this);
            quarters = cut;
        }
        return cut;
    }

    /** This page alone: position 0, limit at the capacity, and left so by whoever uses it. Most pages' is never touched. */
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
        return slab == other.slab && offset == other.offset + other.sizeBytes;
    }

    int sizeBytes() {
        return sizeBytes;
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
        usedBytes = 0;
        runBytes = sizeBytes;
    }
}
