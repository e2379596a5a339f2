package io.penstock.internal.accumulator;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Every record that was admitted and has not been taken by the sender.
 *
 * <p>Callers and the loop share it; each partition's queue has its own lock. Once {@link #close} has returned, nothing is added
 * to any queue.
 */
public final class RecordAccumulator {

    private final PagePool pool;
    private final BatchLimits limits;
    private final LongSupplier nanoClock;

    /** One entry for each topic that was ever sent to and existed then; kept for the producer's life, as in admission. */
    private final ConcurrentHashMap<String, TopicQueues> topics = new ConcurrentHashMap<>();

    private volatile boolean closed;

    public RecordAccumulator(PagePool pool, BatchLimits limits, LongSupplier nanoClock) {
        this.pool = pool;
        this.limits = limits;
        this.nanoClock = nanoClock;
    }

    public TopicQueues topic(String topic, ReadyListeners listeners) {
        TopicQueues queues = topics.get(topic);
        return queues != null ? queues : topics.computeIfAbsent(topic, name -> new TopicQueues(name, this, listeners));
    }

    public PagePool pool() {
        return pool;
    }

    BatchLimits limits() {
        return limits;
    }

    long nanoTime() {
        return nanoClock.getAsLong();
    }

    /**
     * From now on appends answer {@link AppendOutcome#CLOSED}. Waits for those that are being made: when it returns, their
     * listeners have been called, so that what is posted to the loop afterwards comes after them. Any thread.
     */
    public void close() {
        closed = true;
        // A queue that is made too late to be seen here is one whose callers see that it is closed.
        topics.values().forEach(TopicQueues::awaitAppends);
    }

    boolean isClosed() {
        return closed;
    }
}
