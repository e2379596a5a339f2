package io.penstock.internal.accumulator;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Up to {@value #MAX_PAGES} pages that are neighbours in memory, and which of them are free.
 *
 * <p>Under the pool's lock. Free ones are lent in the order in which they lie, so that pages that came back at different times are
 * neighbours again when they are next lent together. In a plain list of free pages the order decays: after some thousand
 * batches each page was a piece of its own, to be summed, described and written by itself.
 */
final class PageSlab {

    static final int MAX_PAGES = Long.SIZE;

    /** Into so many a page is cut when memory is not plenty. */
    static final int QUARTERS = 4;

    private final Page[] pages;
    private final boolean pooled;
    private final @Nullable Page whole;
    private long free;

    /** Whether the pool will find it when it looks for free pages. */
    private boolean listed;

    /** @param pooled false for a page beside the pool, for a split in a moment without memory */
    PageSlab(ByteBuffer memory, int pageCount, int pageBytes, boolean pooled) {
        this(memory, pageCount, pageBytes, pooled, null);
    }

    private PageSlab(ByteBuffer memory, int pageCount, int pageBytes, boolean pooled, @Nullable Page whole) {
        this.pooled = pooled;
        this.whole = whole;
        this.pages = new Page[pageCount];
        for (int i = 0; i < pageCount; i++) {
            pages[i] = new Page(this, memory, i, pageBytes);
        }
        this.free = -1L >>> (MAX_PAGES - pageCount);
    }

    /** The quarters of a page, which are never neighbours of a page that is whole, as their memory is a view of their own. */
    static PageSlab quartersOf(Page whole) {
        return new PageSlab(whole.buffer(), QUARTERS, whole.sizeBytes() / QUARTERS, true, whole);
    }

    boolean isPooled() {
        return pooled;
    }

    /** The page that these are the quarters of, null for a slab of whole pages. */
    @Nullable
    Page whole() {
        return whole;
    }

    boolean isAllFree() {
        return free == -1L >>> (MAX_PAGES - pages.length);
    }

    boolean isListed() {
        return listed;
    }

    void listed(boolean is) {
        listed = is;
    }

    boolean hasFree() {
        return free != 0;
    }

    /** Puts free pages into the array, as many as there are and go up to {@code to}; the index after the last. */
    int lend(Page[] target, int from, int to) {
        long left = free;
        int at = from;
        while (left != 0 && at < to) {
            Page page = pages[Long.numberOfTrailingZeros(left)];
            left &= left - 1;
            page.onLent();
            target[at++] = page;
        }
        free = left;
        return at;
    }

    /** A second return is the mistake behind CVE-2026-35554, so it is loud. */
    void giveBack(int index) {
        long bit = 1L << index;
        if ((free & bit) != 0) {
            throw new IllegalStateException("Page was returned twice");
        }
        free |= bit;
    }
}
