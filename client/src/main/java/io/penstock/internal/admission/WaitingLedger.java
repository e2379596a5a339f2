package io.penstock.internal.admission;

import io.penstock.errors.BufferExhaustedException;
import io.penstock.errors.KafkaException;
import io.penstock.internal.accumulator.PageRequest;
import io.penstock.internal.accumulator.PartitionQueue;
import io.penstock.producer.TopicPartition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The books of the waiting line: who waits, for what, in which order, how many bytes that is, and who is being admitted just now.
 *
 * <p>Any thread; all fields, those of the lines and what changes of the records are guarded by the lock. It only writes down: no
 * future is completed, no task started and no other lock taken under it. The one call out is the post to the loop's mailbox that
 * a topic is waited for, or no longer is, as these two must stay in order.
 *
 * <p>A record counts from {@link #add} to {@link #pass}; it stands in a line from {@link #add} to {@link #leave}. The bytes are
 * bounded, but one record always finds room, and so does that of a call that blocks meanwhile.
 */
final class WaitingLedger {

    /**
     * What a record leaves behind.
     *
     * @param next its line, if it stood first there and others remain
     * @param request the pages that it stood in the pool's line for
     */
    record Departure(@Nullable Line next, @Nullable PageRequest request) {}

    private final long maxBytes;
    private final Object lock = new Object();
    private final LinesByKey lines;
    private final PassMarks marks = new PassMarks();

    /** In order of number, which is that of the deadlines too, as all wait equally long. */
    private final Set<WaitingRecord> all = new LinkedHashSet<>();

    private long waitingBytes;
    private long lastNumber;
    private volatile int count;
    private boolean expiryScheduled;
    private boolean closed;

    WaitingLedger(TopicWaiters topicWaiters, long maxBytes) {
        this.lines = new LinesByKey(topicWaiters);
        this.maxBytes = maxBytes;
    }

    boolean isInUse() {
        return count > 0;
    }

    boolean hasLine(Object key) {
        if (count == 0) {
            return false;
        }
        synchronized (lock) {
            return lines.contains(key);
        }
    }

    /**
     * The key of the line that a record for the partition must not overtake: of those that wait for the partition to be there, which it
     * may be by now, or for its memory; null when nobody does.
     */
    @Nullable
    Object lineBefore(PartitionQueue queue) {
        if (count == 0) {
            return null;
        }
        TopicPartition partition = new TopicPartition(queue.topic(), queue.partition());
        synchronized (lock) {
            if (lines.contains(partition)) {
                return partition;
            }
            return lines.contains(queue) ? queue : null;
        }
    }

    /** The first of the keys for which there is a line. */
    @Nullable
    Object firstLine(String topic, @Nullable TopicPartition partition) {
        synchronized (lock) {
            if (lines.contains(topic)) {
                return topic;
            }
            return partition != null && lines.contains(partition) ? partition : null;
        }
    }

    /**
     * Puts a record at the end of a line.
     *
     * @return the line when it is a new one, else null
     * @throws BufferExhaustedException when there is no room for it
     */
    @Nullable
    Line add(WaitingRecord record, Object key) {
        long size = record.draft().maxBatchBytes();
        synchronized (lock) {
            if (closed) {
                throw Admission.closed();
            }
            if (record.caller() == null && count > 0 && waitingBytes + size > maxBytes) {
                throw full();
            }
            Line begun = lines.enqueue(record, key);
            record.number(++lastNumber);
            all.add(record);
            waitingBytes += size;
            count++;
            return begun;
        }
    }

    private BufferExhaustedException full() {
        return new BufferExhaustedException("The waiting line is full: " + count + " records of "
                + waitingBytes + " bytes wait for metadata or memory, and it holds "
                + maxBytes
                + " (a part of buffer.memory). "
                + whatTheOldestWaitsFor()
                + "Wait for Delivery.admitted() before the next sendAsync, or raise buffer.memory.");
    }

    /** One topic that is not there takes the place of all others, which say so. */
    private String whatTheOldestWaitsFor() {
        WaitingRecord oldest = oldest();
        Line line = oldest == null ? null : oldest.line();
        if (line == null) {
            return "";
        }
        return "The oldest waits for "
                + (line.key() instanceof PartitionQueue ? "memory. " : line.key() + " to be described by a broker. ");
    }

    /** Puts a record at the end of another line, which is answered when it is a new one. */
    @Nullable
    Line move(WaitingRecord record, Object key) {
        synchronized (lock) {
            lines.unlink(record);
            return lines.enqueue(record, key);
        }
    }

    /** Has the line's topic asked for, unless somebody does already. */
    void ask(Line line, TopicWaiter waiter) {
        synchronized (lock) {
            lines.ask(line, waiter);
        }
    }

    /** The waiter asks no longer; those in the line are answered if it was refused. */
    WaitingRecord[] settle(Line line, TopicWaiter waiter, boolean isRefused) {
        synchronized (lock) {
            if (line.waiter() == waiter) {
                line.waiter(null);
            }
            return isRefused ? line.toArray() : new WaitingRecord[0];
        }
    }

    /** The first of a line, from now on claimed; null when there is none, or its pages have yet to come. */
    @Nullable
    WaitingRecord claimHead(Line line) {
        synchronized (lock) {
            WaitingRecord head = line.head();
            if (head == null) {
                return null;
            }
            PageRequest request = head.request();
            if (request != null && !request.isGranted()) {
                return null; // it is served again when the pages come
            }
            head.claimed(true);
            return head;
        }
    }

    /** The attempt is over; answers why the record's end was wanted meanwhile, if it was. */
    @Nullable
    KafkaException release(WaitingRecord record) {
        synchronized (lock) {
            record.claimed(false);
            return record.doom();
        }
    }

    /** Only by who has claimed the record. */
    void request(WaitingRecord record, PageRequest request) {
        synchronized (lock) {
            record.request(request);
        }
    }

    /** The record is over; null when it was so before, or is claimed, and then a cause dooms it. */
    @Nullable
    Departure leave(WaitingRecord record, @Nullable KafkaException cause) {
        synchronized (lock) {
            if (record.isOver()) {
                return null;
            }
            if (record.isClaimed()) {
                if (cause != null) {
                    record.doom(cause);
                }
                return null;
            }
            record.over(cause);
            return depart(record);
        }
    }

    private Departure depart(WaitingRecord record) {
        Line line = record.line();
        Line next = line != null && line.head() == record ? line : null;
        lines.unlink(record);
        PageRequest request = record.request();
        record.request(null);
        return new Departure(next == null || next.isEmpty() ? null : next, request);
    }

    /** The record no longer counts; answers the marks that it was the last to pass, for the caller to complete. */
    List<CompletableFuture<Void>> pass(WaitingRecord record) {
        synchronized (lock) {
            all.remove(record);
            waitingBytes -= record.draft().maxBatchBytes();
            count--;
            if (record.caller() != null) {
                lock.notifyAll();
            }
            return marks.pollBefore(
                    all.isEmpty() ? Long.MAX_VALUE : all.iterator().next().number());
        }
    }

    /**
     * Blocks, through interrupts, until a record whose end is wanted is over; that takes no longer than the attempt under way.
     *
     * @return whether it has failed
     */
    boolean awaitFailure(WaitingRecord record) {
        boolean interrupted = false;
        try {
            synchronized (lock) {
                while (!record.isOver()) {
                    try {
                        lock.wait();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                return record.cause() != null;
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    boolean waitsForMemory(WaitingRecord record) {
        synchronized (lock) {
            Line line = record.line();
            return line != null && line.key() instanceof PartitionQueue;
        }
    }

    /** The record at whose deadline the caller has to look again; null when a look is due already, or nobody waits. */
    @Nullable
    WaitingRecord scheduleExpiry() {
        synchronized (lock) {
            WaitingRecord oldest = expiryScheduled || closed ? null : oldest();
            expiryScheduled |= oldest != null;
            return oldest;
        }
    }

    /** The oldest if its time is over; else null, and the next look has to be scheduled. */
    @Nullable
    WaitingRecord pollLate(long nowNanos) {
        synchronized (lock) {
            WaitingRecord oldest = oldest();
            if (oldest != null && oldest.deadlineNanos() - nowNanos <= 0) {
                return oldest;
            }
            expiryScheduled = false;
            return null;
        }
    }

    private @Nullable WaitingRecord oldest() {
        for (WaitingRecord each : all) {
            if (!each.isOver()) {
                return each;
            }
        }
        return null;
    }

    /** Done when all that wait now have been admitted or have failed. */
    CompletableFuture<Void> whenPassed() {
        synchronized (lock) {
            if (all.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            CompletableFuture<Void> passed = new CompletableFuture<>();
            marks.add(lastNumber, passed);
            return passed;
        }
    }

    long waitingBytes() {
        synchronized (lock) {
            return waitingBytes;
        }
    }

    /** Nothing joins any more; answers who waits still. */
    List<WaitingRecord> close() {
        synchronized (lock) {
            closed = true;
            return new ArrayList<>(all);
        }
    }
}
