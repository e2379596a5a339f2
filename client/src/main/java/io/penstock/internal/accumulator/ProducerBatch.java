package io.penstock.internal.accumulator;

import io.penstock.internal.completion.PromiseList;
import io.penstock.internal.completion.RecordPromise;
import io.penstock.wire.record.BatchHeader;
import io.penstock.wire.record.HeaderSource;
import io.penstock.wire.record.KeyValue;
import io.penstock.wire.record.RecordWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Records of one partition that travel together, as record batch v2 in pages; the header's place is left free at the front.
 *
 * <p>Open: callers append under the partition queue's lock. Sealed: the loop alone reads and stamps it; its records
 * never change. Its pages go back once nobody holds them: the batch until it is complete, each attempt until it has ended.
 */
public final class ProducerBatch extends PromiseList {

    /** A record up to this part of a page moves to a fresh page rather than over a page's end. */
    private static final int WASTE_SHARE = 8;

    private static final ByteBuffer NO_SLAB = ByteBuffer.allocate(0);

    private static final AtomicIntegerFieldUpdater<ProducerBatch> HOLDS =
            AtomicIntegerFieldUpdater.newUpdater(ProducerBatch.class, "holds");

    private final PagePool pool;
    private final long createdNanos;
    private final long baseTimestamp;
    private @Nullable Page[] pages = new Page[1];
    private int pageCount;

    /** The heads of the run that is being filled and of the last one there is. */
    private int tail;

    private int lastRun;

    /** Where the next record goes, and the end of that run: a copy of what {@code tail} says, which most records need not touch. */
    private ByteBuffer slab = NO_SLAB;

    private int at;
    private int end;
    private int sizeBytes = BatchHeader.SIZE_BYTES;
    private int largestRecordBytes;
    private int savedBytes;
    private volatile int holds = 1;
    private long maxTimestamp;

    /** The one that follows it in its queue; under the queue's lock. */
    @Nullable
    ProducerBatch next;

    ProducerBatch(PagePool pool, long createdNanos, long baseTimestamp) {
        this.pool = pool;
        this.createdNanos = createdNanos;
        this.baseTimestamp = baseTimestamp;
        this.maxTimestamp = baseTimestamp;
    }

    /** What the record adds to {@link #sizeBytes()}. */
    int bodySizeOf(RecordPromise promise, int headersSizeBytes) {
        return RecordWriter.bodySizeOf(
                count(),
                promise.timestamp() - baseTimestamp,
                promise.keySizeBytes(),
                promise.valueSizeBytes(),
                headersSizeBytes);
    }

    /** As {@link #bodySizeOf(RecordPromise, int)}, for a record whose key and value are at hand. */
    int bodySizeOf(RecordPromise promise, KeyValue keyValue, int headersSizeBytes) {
        return RecordWriter.bodySizeOf(count(), promise.timestamp() - baseTimestamp, keyValue, headersSizeBytes);
    }

    /** How many more pages a record of this size takes. */
    int pagesNeeded(int recordBytes) {
        int free = end - at;
        if (recordBytes <= free) {
            return 0;
        }
        if (pageCount == 0) {
            return pool.pagesFor((long) BatchHeader.SIZE_BYTES + recordBytes);
        }
        return movesToFreshPage(recordBytes) ? 1 : pool.pagesFor(recordBytes - free);
    }

    /**
     * Takes the pages that {@link #pagesNeeded} asked for.
     *
     * @param recordBytes of the record that needs them
     * @param grant pages that were waited for, or null to take them from the pool
     * @return false when they cannot be had; nothing has changed then
     */
    boolean takePages(int count, int recordBytes, @Nullable PageRequest grant) {
        Page[] target = growFor(count);
        if (grant != null && grant.take(target, pageCount, count)) {
            return true;
        }
        return pageCount == 0 && count == 1
                ? pool.tryTakeFirst(target, BatchHeader.SIZE_BYTES + recordBytes)
                : pool.tryTake(target, pageCount, count);
    }

    /** As {@link #takePages}, but whole ones, and cannot fail: what the pool does not have comes from the heap. */
    void takePagesSomehow(int count) {
        Page[] target = growFor(count);
        if (!pool.tryTake(target, pageCount, count)) {
            for (int i = 0; i < count; i++) {
                target[pageCount + i] = pool.heapPage();
            }
        }
    }

    @SuppressWarnings("NullAway") // an array of pages whose empty places are null
    private Page[] growFor(int count) {
        if (pages.length < pageCount + count) {
            pages = Arrays.copyOf(pages, Math.max(pageCount + count, Math.min(pageCount * 2, pageCount + 64)));
        }
        return pages;
    }

    /**
     * Writes the record; the pages for it, {@code newPages} of them, have been taken.
     *
     * @throws IllegalStateException when the headers changed under way; the batch is as before then and the pages are back
     */
    void append(int bodySizeBytes, int newPages, RecordPromise promise, KeyValue keyValue, HeaderSource headers) {
        int recordBytes = RecordWriter.sizeOf(bodySizeBytes);
        long timestampDelta = promise.timestamp() - baseTimestamp;
        boolean isOrdinary = recordBytes <= end - at && headers.headerCount() == 0;
        if (isOrdinary || !wroteInPieces(bodySizeBytes, newPages, timestampDelta, keyValue, headers)) {
            RecordWriter.write(slab, at, bodySizeBytes, count(), timestampDelta, keyValue, headers);
            at += recordBytes;
        }
        sizeBytes += recordBytes;
        if (recordBytes > largestRecordBytes) {
            largestRecordBytes = recordBytes;
        }
        if (promise.timestamp() > maxTimestamp) {
            maxTimestamp = promise.timestamp();
        }
        add(promise);
    }

    /**
     * For a record that needs more pages, goes over a run's end, or may not come out as it was sized: makes room for it.
     *
     * <p>Writes it, too, where it takes several pieces. What fits into one is left to {@link #append}, so that the writing is there
     * once: twice, it was too long a method for the compiler to make one of it with what calls it.
     */
    private boolean wroteInPieces(
            int bodySizeBytes, int newPages, long timestampDelta, KeyValue keyValue, HeaderSource headers) {
        int pagesBefore = pageCount;
        int tailBefore = tail;
        int recordBytes = RecordWriter.sizeOf(bodySizeBytes);
        finish();
        int usedBefore = pagesBefore == 0 ? 0 : tail().usedBytes();
        try {
            adopt(newPages);
            if (pagesBefore == 0) {
                tail().usedBytes(BatchHeader.SIZE_BYTES);
            } else if (recordBytes > tail().freeBytes() && movesToFreshPage(recordBytes)) {
                openNextRun();
            }
            if (recordBytes <= tail().freeBytes() && headers.headerCount() == 0) {
                return false;
            }
            // The user's headers may come out larger than they were sized: not beyond what is ours.
            new PageSpan(this).write(bodySizeBytes, count(), timestampDelta, keyValue, headers);
            return true;
        } catch (RuntimeException | Error e) {
            disown(pagesBefore, newPages);
            tail = tailBefore;
            if (pagesBefore > 0) {
                tail().usedBytes(usedBefore);
            }
            throw e;
        } finally {
            resume();
        }
    }

    /** The run being filled is told how far it is: before anybody looks at pages. */
    void finish() {
        if (pageCount > 0) {
            Page page = tail();
            page.usedBytes(at - page.offset());
        }
    }

    /** The next record goes where the run being filled says. */
    private void resume() {
        if (pageCount == 0) {
            slab = NO_SLAB;
            at = 0;
            end = 0;
            return;
        }
        Page page = tail();
        slab = page.slab();
        at = page.offset() + page.usedBytes();
        end = page.offset() + page.runBytes();
    }

    /** The pages that were taken become the batch's, each part of the run before it if it is its neighbour. */
    void adopt(int newPages) {
        for (int left = newPages; left > 0; left--) {
            pageCount++;
            Page page = page(pageCount - 1);
            if (pageCount > 1 && page.follows(page(pageCount - 2))) {
                Page head = page(lastRun);
                head.runBytes(head.runBytes() + page.runBytes());
                page.runBytes(0);
            } else {
                lastRun = pageCount - 1;
            }
        }
    }

    private void disown(int pagesBefore, int newPages) {
        pageCount = pagesBefore;
        pool.giveBack(pages, pagesBefore, pagesBefore + newPages);
        cutRuns();
    }

    /** The runs end where the pages do. */
    private void cutRuns() {
        for (int head = 0; head < pageCount; head = nextRun(head)) {
            Page page = page(head);
            page.runBytes(Math.min(page.runBytes(), (pageCount - head) * pool.pageBytes()));
            lastRun = head;
        }
    }

    private boolean movesToFreshPage(int recordBytes) {
        return recordBytes <= pool.pageBytes() / WASTE_SHARE;
    }

    /** The run that is being filled. */
    Page tail() {
        return page(tail);
    }

    Page page(int index) {
        Page page = pages[index];
        if (page == null) {
            throw new IllegalStateException("Page " + index + " of " + pageCount + " has gone back to the pool");
        }
        return page;
    }

    void openNextRun() {
        tail = nextRun(tail);
    }

    /** The index of the first page after the run that this page heads; a quarter of a page is a run by itself. */
    int nextRun(int head) {
        return head + Math.max(1, page(head).runBytes() / pool.pageBytes());
    }

    /** How many pieces of memory the batch lies in. */
    int runCount() {
        int count = 0;
        for (int head = 0; head < pageCount; head = nextRun(head)) {
            count++;
        }
        return count;
    }

    public int pageCount() {
        return pageCount;
    }

    /** Bytes of header and records, before compression while open, after it once sealed. */
    public int sizeBytes() {
        return sizeBytes;
    }

    /** Bytes of header and records, always before compression. */
    public int rawSizeBytes() {
        return sizeBytes + savedBytes;
    }

    public int largestRecordBytes() {
        return largestRecordBytes;
    }

    public int recordCount() {
        return count();
    }

    /** When the first record came, on the loop's clock. */
    public long createdNanos() {
        return createdNanos;
    }

    long baseTimestamp() {
        return baseTimestamp;
    }

    public long maxTimestamp() {
        return maxTimestamp;
    }

    public PromiseList promises() {
        return this;
    }

    /** Keeps the first {@code count} pages, {@code bytes} of batch in them, and gives the others back. */
    void shrinkTo(int count, int bytes) {
        pool.giveBack(pages, count, pageCount);
        pageCount = count;
        cutRuns();
        savedBytes = sizeBytes - bytes;
        sizeBytes = bytes;
    }

    /** One more party needs the pages: an attempt to send them. The batch itself is the first one. */
    public void hold() {
        HOLDS.incrementAndGet(this);
    }

    /** A party is done with the pages; the last one gives them back. Any thread. */
    public void release() {
        int left = HOLDS.decrementAndGet(this);
        if (left < 0) {
            throw new IllegalStateException("Batch pages were released more often than held");
        }
        if (left == 0) {
            int count = pageCount;
            pageCount = 0;
            pool.giveBack(pages, 0, count);
        }
    }
}
