package io.penstock.testkit.mock;

import io.penstock.producer.Callback;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.TopicPartition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The records that a mock was given, and those of them that have yet to succeed or fail.
 *
 * <p>Its own lock guards the lists and is never held while other code runs. {@link #completing} is held while records complete,
 * so that they do so in the order of the sends; a callback may come back in by it.
 */
final class MockSends<K, V> {

    private final ReentrantLock completing = new ReentrantLock();
    private final List<ProducerRecord<K, V>> sent = new ArrayList<>();
    private final List<ProducerRecord<K, V>> uncommitted = new ArrayList<>();
    private final Deque<MockSend> incomplete = new ArrayDeque<>();
    private final Map<TopicPartition, Long> nextOffsets = new HashMap<>();

    synchronized MockSend add(
            ProducerRecord<K, V> record, TopicPartition place, @Nullable Callback callback, boolean inTransaction) {
        MockSend send = new MockSend(place, nextOffsets.merge(place, 1L, Long::sum) - 1, callback);
        (inTransaction ? uncommitted : sent).add(record);
        incomplete.addLast(send);
        return send;
    }

    /** The oldest one succeeds, or fails; false when there is none. */
    boolean next(@Nullable RuntimeException failure) {
        completing.lock();
        try {
            MockSend next = poll();
            if (next != null) {
                next.complete(failure);
            }
            return next != null;
        } finally {
            completing.unlock();
        }
    }

    private synchronized @Nullable MockSend poll() {
        return incomplete.pollFirst();
    }

    /** Runs something in which no other thread completes records. */
    <T> T whileCompleting(Supplier<T> action) {
        completing.lock();
        try {
            return action.get();
        } finally {
            completing.unlock();
        }
    }

    synchronized void commit() {
        sent.addAll(uncommitted);
        uncommitted.clear();
    }

    synchronized void abort() {
        uncommitted.clear();
    }

    synchronized void clear() {
        sent.clear();
        uncommitted.clear();
        incomplete.clear();
    }

    synchronized boolean isComplete() {
        return incomplete.isEmpty();
    }

    synchronized List<ProducerRecord<K, V>> sent() {
        return new ArrayList<>(sent);
    }

    synchronized List<ProducerRecord<K, V>> uncommitted() {
        return new ArrayList<>(uncommitted);
    }
}
