package io.penstock.testkit.fake;

import io.penstock.producer.TopicPartition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the markers of decided transactions, each into its partition as soon as that has a leader that is up.
 *
 * <p>Guarded by the cluster's lock. At most one entry waits for each transactional id. Markers can be held back, or be late by
 * a fixed time; otherwise they are written within the request that decides.
 */
final class TransactionMarkers {

    private final ClusterModel cluster;
    private final Set<Transaction> waiting = new LinkedHashSet<>();
    private long delayNanos;
    private boolean held;

    TransactionMarkers(ClusterModel cluster) {
        this.cluster = cluster;
    }

    void delayNanos(long nanos) {
        delayNanos = nanos;
    }

    void hold() {
        held = true;
    }

    void release() {
        held = false;
        writeWaiting();
    }

    /** The transaction is decided: writes what can be written now. */
    void add(Transaction transaction) {
        waiting.add(transaction);
        if (delayNanos > 0) {
            cluster.host().schedule(delayNanos, cluster.locking(() -> write(transaction)));
        } else {
            write(transaction);
        }
    }

    /** A leader came or went: those that wait are tried again. */
    void writeWaiting() {
        if (!waiting.isEmpty() && delayNanos == 0) {
            List.copyOf(waiting).forEach(this::write);
        }
    }

    private void write(Transaction transaction) {
        if (held || !waiting.contains(transaction)) {
            return;
        }
        boolean commit = transaction.state() == TransactionState.PREPARE_COMMIT;
        for (TopicPartition place : new ArrayList<>(transaction.partitions())) {
            if (writeTo(place, transaction.marker, commit)) {
                transaction.partitions().remove(place);
            }
        }
        if (transaction.partitions().isEmpty()) {
            waiting.remove(transaction);
            TransactionEnd.complete(transaction);
            cluster.changed().signalAll();
        } else if (delayNanos > 0) {
            cluster.host().schedule(delayNanos, cluster.locking(() -> write(transaction)));
        }
    }

    private boolean writeTo(TopicPartition place, Transaction.Identity producer, boolean commit) {
        if (place.topic().equals(GroupBook.TOPIC)) {
            cluster.groups().end(place.partition(), producer, commit);
            return true;
        }
        FakePartition partition = find(place);
        if (partition == null) {
            // The topic was deleted with all that the transaction wrote to it.
            return true;
        }
        if (partition.leaderId() < 0 || !cluster.broker(partition.leaderId()).isUp()) {
            return false;
        }
        long now = cluster.host().currentTimeMillis();
        partition.append(StoredBatch.of(
                ControlBatches.marker(producer, commit, now), partition.endOffset(), partition.leaderEpoch(), -1));
        return true;
    }

    private @Nullable FakePartition find(TopicPartition place) {
        FakeTopic topic = cluster.findTopic(place.topic());
        return topic == null ? null : topic.partition(place.partition());
    }
}
