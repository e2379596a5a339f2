package io.penstock.internal.admission;

import io.penstock.errors.KafkaException;
import io.penstock.errors.TimeoutException;
import io.penstock.internal.cluster.ClusterTracker;
import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.cluster.TopicView;
import io.penstock.internal.metrics.ProducerMetrics;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds a caller until its record's topic, and the partition it names, are known.
 *
 * <p>Any thread. A topic that is known costs one look at the current view.
 */
final class MetadataGate {

    private final ClusterTracker cluster;
    private final TopicWaiters waiters;
    private final LastFailure lastFailure;
    private final BlockedCallers blocked;
    private final ProducerMetrics metrics;

    MetadataGate(
            ClusterTracker cluster,
            TopicWaiters waiters,
            LastFailure lastFailure,
            BlockedCallers blocked,
            ProducerMetrics metrics) {
        this.blocked = blocked;
        this.cluster = cluster;
        this.waiters = waiters;
        this.lastFailure = lastFailure;
        this.metrics = metrics;
    }

    /** The topic if it is known and has the partition, which may be null. */
    @Nullable
    KnownTopic find(String topic, @Nullable Integer partition) {
        ClusterView view = cluster.view();
        TopicView known = view.topic(topic);
        return known == null || (partition != null && partition >= known.partitionCount())
                ? null
                : new KnownTopic(known, view);
    }

    /** Waits for it. */
    KnownTopic await(String topic, @Nullable Integer partition, long maxWaitNanos) throws InterruptedException {
        CallerWait wait = blocked.begin();
        TopicWaiter waiter = new TopicWaiter(topic, partition == null ? 1 : partition + 1) {
            @Override
            void onSettled(@Nullable KafkaException cause) {
                wait.settle(cause);
            }
        };
        waiters.add(waiter);
        boolean there = false;
        long began = blocked.nanoTime();
        try {
            there = wait.await(began + maxWaitNanos);
        } finally {
            blocked.end(wait);
            metrics.onMetadataWait(blocked.nanoTime() - began);
            if (!there) {
                waiters.remove(waiter);
            }
        }
        KnownTopic known = there ? find(topic, partition) : null;
        if (known == null) {
            throw notThere(topic, partition, maxWaitNanos);
        }
        return known;
    }

    TimeoutException notThere(String topic, @Nullable Integer partition, long waitedNanos) {
        TopicView known = cluster.view().topic(topic);
        long millis = TimeUnit.NANOSECONDS.toMillis(waitedNanos);
        if (known != null && partition != null) {
            return new TimeoutException("Partition " + partition + " of topic " + topic
                    + " is not present in metadata after "
                    + millis + " ms: the topic has " + known.partitionCount()
                    + " partitions. Send to one of 0 to " + (known.partitionCount() - 1) + " or add partitions.");
        }
        Throwable failure = lastFailure.get();
        return new TimeoutException(
                "Topic " + topic + " not present in metadata after " + millis + " ms: "
                        + (failure == null ? withoutFailure() : "no broker could be asked. " + failure.getMessage()),
                failure);
    }

    /** While a connection is being made nothing has failed, and nobody has said that there is no such topic. */
    private String withoutFailure() {
        return cluster.view().brokers().isEmpty()
                ? "no broker has answered yet. Check that " + lastFailure.servers()
                        + " can be reached (bootstrap.servers), or wait longer (max.block.ms)."
                : "the cluster does not have it. Create it, check its name, or allow the broker to create it"
                        + " (auto.create.topics.enable).";
    }
}
