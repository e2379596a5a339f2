package io.penstock.internal.accumulator;

import io.penstock.internal.completion.RecordPromise;
import io.penstock.wire.record.BatchHeader;
import io.penstock.wire.record.HeaderSource;
import io.penstock.wire.record.KeyValue;
import io.penstock.wire.record.RecordWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one partition that have not been taken by the sender, oldest first; the last one is open.
 *
 * <p>Callers append under this queue's lock; the loop alone takes batches out. A batch that was taken is sealed and never
 * seen here again. The queue calls its listener only for what the loop has asked for in {@link #examine}: the first
 * record of an idle queue, or a batch that became full.
 */
public final class PartitionQueue {

    /** The answer of {@link #examine} for an empty queue. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final VarHandle QUEUED_BYTES;
    private static final VarHandle OLDEST;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            QUEUED_BYTES = lookup.findVarHandle(PartitionQueue.class, "queuedBytes", long.class);
            OLDEST = lookup.findVarHandle(PartitionQueue.class, "oldest", ProducerBatch.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private enum WakeOn {
        NOTHING,
        FIRST_RECORD,
        FULL_BATCH
    }

    private final String topic;
    private final int partition;
    private final RecordAccumulator accumulator;
    private final TopicQueues siblings;
    private final ReadyListener listener;

    /**
     * Linked, and no collection: one would be two more places in memory to touch for each record. Written under the lock; the loop
     * reads it without, as a batch that is the oldest stays so until the loop takes it out.
     */
    private @Nullable ProducerBatch oldest;

    private @Nullable ProducerBatch newest;

    /** Bounded by the pool: each batch holds a quarter of a page at least. */
    private int batchCount;

    private WakeOn wakeOn = WakeOn.FIRST_RECORD;
    /** Of records, without the batches' headers. Written under the lock, once a record: opaque, as a volatile write is a fence. */
    private long queuedBytes;

    private volatile boolean stalled;

    PartitionQueue(TopicQueues siblings, int partition, RecordAccumulator accumulator, ReadyListeners listeners) {
        this.topic = siblings.topic();
        this.partition = partition;
        this.accumulator = accumulator;
        this.siblings = siblings;
        this.listener = listeners.listenerFor(siblings, this);
    }

    public String topic() {
        return topic;
    }

    public int partition() {
        return partition;
    }

    /**
     * Appends a record to the open batch, or opens one.
     *
     * @param grant pages waited for after {@link AppendOutcome#NEEDS_MEMORY}, else null
     * @param askBeforeNewBatch whether to answer {@link AppendOutcome#NEEDS_NEW_BATCH} instead of opening a batch
     */
    public AppendOutcome append(
            RecordPromise promise,
            KeyValue keyValue,
            HeaderSource headers,
            @Nullable PageRequest grant,
            boolean askBeforeNewBatch) {
        int headersSize = RecordWriter.headersSizeOf(headers);
        synchronized (this) {
            if (accumulator.isClosed()) {
                return AppendOutcome.CLOSED;
            }
            ProducerBatch batch = newest;
            int body = batch == null ? 0 : batch.bodySizeOf(promise, keyValue, headersSize);
            boolean fresh = false;
            if (batch == null || batch.sizeBytes() + (long) RecordWriter.sizeOf(body) > siblings.maxRawBytes()) {
                if (askBeforeNewBatch) {
                    return AppendOutcome.NEEDS_NEW_BATCH;
                }
                batch = new ProducerBatch(accumulator.pool(), accumulator.nanoTime(), promise.timestamp());
                body = batch.bodySizeOf(promise, keyValue, headersSize);
                fresh = true;
            }
            int size = RecordWriter.sizeOf(body);
            int newPages = batch.pagesNeeded(size);
            if (newPages > 0 && !batch.takePages(newPages, size, grant)) {
                return AppendOutcome.NEEDS_MEMORY;
            }
            batch.append(body, newPages, promise, keyValue, headers);
            if (fresh) {
                add(batch);
            }
            addQueued(size);
            boolean full = batch.sizeBytes() >= siblings.readyRawBytes();
            if (wakeOn == WakeOn.FIRST_RECORD || (wakeOn == WakeOn.FULL_BATCH && (full || batchCount > 1))) {
                wakeOn = WakeOn.NOTHING;
                listener.onReady();
            }
            return full ? AppendOutcome.APPENDED_FULL : AppendOutcome.APPENDED;
        }
    }

    private void add(ProducerBatch batch) {
        ProducerBatch before = newest;
        if (before == null) {
            OLDEST.setRelease(this, batch);
        } else {
            before.next = batch;
        }
        newest = batch;
        batchCount++;
    }

    /** Under the lock. */
    private void addQueued(long bytes) {
        QUEUED_BYTES.setOpaque(this, queuedBytes + bytes);
    }

    /** Returns when no append that has not seen the accumulator closed is under way. */
    @SuppressWarnings("EmptySynchronizedStatement")
    void awaitAppends() {
        synchronized (this) {
            // Whoever was inside has left.
        }
    }

    /**
     * When the oldest batch is due: now or earlier, later for one that lingers, {@link #NEVER} for an empty queue. Also
     * decides what the listener is called for next. Loop.
     *
     * <p>Three of four times a batch the answer is plain without the lock: the loop alone asks to be called, so what callers
     * may have done meanwhile is to call it, and a batch that is due stays so.
     */
    public long examine(long nowNanos, long lingerNanos) {
        ProducerBatch first = peek();
        long due = dueNanos(first, nowNanos, lingerNanos);
        if (wakeOn == (first == null ? WakeOn.FIRST_RECORD : WakeOn.NOTHING)
                && (first == null || due - nowNanos <= 0)) {
            return due;
        }
        synchronized (this) {
            first = oldest;
            due = dueNanos(first, nowNanos, lingerNanos);
            if (first == null) {
                wakeOn = WakeOn.FIRST_RECORD;
            } else {
                wakeOn = due - nowNanos <= 0 ? WakeOn.NOTHING : WakeOn.FULL_BATCH;
            }
            return due;
        }
    }

    private long dueNanos(@Nullable ProducerBatch first, long nowNanos, long lingerNanos) {
        if (first == null) {
            return NEVER;
        }
        boolean ready = lingerNanos == 0 || batchCount > 1 || first.sizeBytes() >= siblings.readyRawBytes();
        return ready ? nowNanos : first.createdNanos() + lingerNanos;
    }

    /** Loop: the oldest batch as it is now, to be looked at only; null when there is none. */
    public @Nullable ProducerBatch peek() {
        return (ProducerBatch) OLDEST.getAcquire(this);
    }

    /** Loop: about how many bytes the oldest batch has, 0 when there is none. */
    public int peekSizeBytes() {
        ProducerBatch first = peek();
        return first == null ? 0 : first.sizeBytes();
    }

    /** Takes the oldest batch out; nobody appends to it afterwards. */
    public synchronized @Nullable ProducerBatch poll() {
        ProducerBatch first = oldest;
        if (first != null) {
            ProducerBatch second = first.next;
            oldest = second;
            if (second == null) {
                newest = null;
            }
            first.next = null;
            batchCount--;
            addQueued((long) BatchHeader.SIZE_BYTES - first.sizeBytes());
        }
        return first;
    }

    /** Loop. */
    public boolean isEmpty() {
        return peek() == null;
    }

    /** How many batches wait here. */
    public synchronized int batchCount() {
        return batchCount;
    }

    /** Loop: whether the broker has taken nothing from here for longer than the partitioner's availability timeout. */
    public void stalled(boolean is) {
        if (stalled != is) {
            stalled = is;
        }
    }

    public boolean isStalled() {
        return stalled;
    }

    /** How many batches of {@code batch.size} wait here; read without the lock, so it may be a moment old. */
    public int queuedBatches() {
        int ready = siblings.readyRawBytes();
        return (int) (((long) QUEUED_BYTES.getOpaque(this) + ready - 1) / ready);
    }

    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
