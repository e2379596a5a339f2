package io.penstock.internal.accumulator;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All memory that records are held in: {@code buffer.memory} cut into pages of one size.
 *
 * <p>When many batches are open, a batch's first page is a quarter of one, so that four times as many find room. The quarters of a page
 * are lent one after the other, to batches that are as old as each other and are sent together, and lent again only as a page: so no
 * search and no fragments, and never more than the page that each batch would have had.
 *
 * <p>Any thread, under this pool's lock, which is never held while other code runs. Memory is taken from the system slab by slab
 * as it is first needed. Whoever finds too few pages waits in line, first come first served: while somebody waits nobody
 * overtakes, so a large record is not starved by small ones.
 */
public final class PagePool {

    /** Of a page, unless {@code buffer.memory} is too small for sixteen of them. */
    static final int DEFAULT_PAGE_BYTES = 4096;

    private static final int MIN_PAGE_BYTES = 256;
    private static final byte POISON = (byte) 0xDB;

    private final int pageBytes;
    private final int capacityPages;

    /** While fewer are free than three of four, batches begin with a quarter of a page; see docs/decisions/quarter-pages.md. */
    private final int plentyPages;

    private final boolean poison;

    /** The slabs with free pages, that which got one last at the end: its memory is the likeliest to lie in a cache. */
    private PageSlab[] slabs = new PageSlab[1];

    private int slabCount;
    private int freeCount;
    private int createdPages;

    /** The quarters of the page that is being lent so, if any. One that has come back from another page waits for its like. */
    private @Nullable PageSlab cut;

    /** In order of arrival; each belongs to one waiting call, so their number is bounded by the callers. */
    private final ArrayDeque<PageRequest> waiting = new ArrayDeque<>();

    private volatile int waitingCount;

    public PagePool(long memoryBytes) {
        this(memoryBytes, false);
    }

    /**
     * @param poison whether returned pages are overwritten, so that a test sees who reads them afterwards
     */
    public PagePool(long memoryBytes, boolean poison) {
        int size = DEFAULT_PAGE_BYTES;
        while (size > MIN_PAGE_BYTES && memoryBytes / size < 16) {
            size /= 2;
        }
        this.pageBytes = size;
        this.capacityPages = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(1, memoryBytes / size));
        this.plentyPages = capacityPages - capacityPages / 4;
        this.poison = poison;
    }

    public int pageBytes() {
        return pageBytes;
    }

    public long capacityBytes() {
        return (long) capacityPages * pageBytes;
    }

    public synchronized long availableBytes() {
        return (long) availablePages() * pageBytes;
    }

    /** How many calls wait for memory now; approximate for any thread but one that holds the lock. */
    public int waitingCount() {
        return waitingCount;
    }

    /** Pages that a run of {@code bytes} takes. */
    public int pagesFor(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, (bytes + pageBytes - 1) / pageBytes);
    }

    /** Takes all {@code count} pages or none; none while somebody waits. */
    synchronized boolean tryTake(Page[] target, int from, int count) {
        if (!waiting.isEmpty() || availablePages() < count) {
            return false;
        }
        lend(target, from, count);
        return true;
    }

    /**
     * Takes the first page of a batch of {@code bytes} so far: a quarter of one where that is enough and memory is not plenty.
     *
     * @return false when there is none, or somebody waits
     */
    synchronized boolean tryTakeFirst(Page[] target, int bytes) {
        if (bytes > pageBytes / PageSlab.QUARTERS || availablePages() >= plentyPages || !waiting.isEmpty()) {
            return tryTake(target, 0, 1);
        }
        if (cut == null) {
            if (!tryTake(target, 0, 1)) {
                return false;
            }
            cut = target[0].quarters();
        }
        cut.lend(target, 0, 1);
        if (!cut.hasFree()) {
            cut = null;
        }
        return true;
    }

    /**
     * Takes the pages at once if it can, else stands in line.
     *
     * @return true when the request is granted already; {@link PageRequest#onGranted} is not called then
     */
    public synchronized boolean takeOrWait(PageRequest request) {
        if (request.pageCount() > capacityPages) {
            throw new IllegalArgumentException(
                    "A request for " + request.pageCount() + " pages can never be met by a pool of " + capacityPages);
        }
        if (waiting.isEmpty() && availablePages() >= request.pageCount()) {
            grant(request);
            return true;
        }
        waiting.add(request);
        waitingCount = waiting.size();
        return false;
    }

    /** @return false when the request was granted before; its pages are then the caller's to use or give back */
    public boolean cancel(PageRequest request) {
        boolean removed;
        synchronized (this) {
            removed = waiting.remove(request);
            waitingCount = waiting.size();
        }
        if (removed) {
            grantWaiting(); // the one behind may need less
        }
        return removed;
    }

    /** Gives pages back; the array's entries are cleared so that a second return cannot happen through it. */
    void giveBack(@Nullable Page[] pages, int from, int to) {
        synchronized (this) {
            for (int i = from; i < to; i++) {
                Page page = pages[i];
                if (page == null) {
                    throw new IllegalStateException("Page " + i + " was given back before");
                }
                pages[i] = null;
                takeBack(page);
            }
            if (waiting.isEmpty()) {
                return;
            }
        }
        grantWaiting();
    }

    /** Under the lock. A page that was cut is back when all its quarters are, in whatever order. */
    private void takeBack(Page page) {
        PageSlab slab = page.home();
        slab.giveBack(page.index());
        if (!slab.isPooled()) {
            return;
        }
        if (poison) {
            poison(page.buffer());
        }
        Page whole = slab.whole();
        if (whole == null) {
            freeCount++;
            if (!slab.isListed()) {
                list(slab);
            }
        } else if (slab.isAllFree()) {
            cut = slab == cut ? null : cut;
            takeBack(whole);
        }
    }

    /** A page beside the budget; for what must not wait and is rare. */
    Page heapPage() {
        Page[] one = new Page[1];
        new PageSlab(ByteBuffer.allocate(pageBytes), 1, pageBytes, false).lend(one, 0, 1);
        return one[0];
    }

    private void grantWaiting() {
        while (true) {
            PageRequest granted;
            synchronized (this) {
                PageRequest head = waiting.peek();
                if (head == null || availablePages() < head.pageCount()) {
                    return;
                }
                waiting.remove();
                waitingCount = waiting.size();
                grant(head);
                granted = head;
            }
            granted.onGranted();
        }
    }

    private void grant(PageRequest request) {
        Page[] pages = new Page[request.pageCount()];
        lend(pages, 0, pages.length);
        request.grant(pages);
    }

    private void lend(Page[] target, int from, int count) {
        while (freeCount < count) {
            addSlab();
        }
        int at = from;
        while (at < from + count) {
            PageSlab slab = slabs[slabCount - 1];
            at = slab.lend(target, at, from + count);
            if (!slab.hasFree()) {
                slab.listed(false);
                slabCount--;
            }
        }
        freeCount -= count;
    }

    private void list(PageSlab slab) {
        if (slabCount == slabs.length) {
            slabs = Arrays.copyOf(slabs, slabCount * 2);
        }
        slab.listed(true);
        slabs[slabCount++] = slab;
    }

    private int availablePages() {
        return freeCount + capacityPages - createdPages;
    }

    private void addSlab() {
        int pages = Math.min(PageSlab.MAX_PAGES, capacityPages - createdPages);
        list(new PageSlab(ByteBuffer.allocateDirect(pages * pageBytes), pages, pageBytes, true));
        createdPages += pages;
        freeCount += pages;
    }

    private static void poison(ByteBuffer buffer) {
        for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, POISON);
        }
    }
}
