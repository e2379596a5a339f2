package io.penstock.producer;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Gives each record of a topic to the next partition, keys or not; partitions without a leader are left out while others have one.
 *
 * <p>Really all of them: when a record opens a new batch and {@link #partition} is asked a second time, the answer is the first one
 * again. A plain counter would step twice for such a record, and with an even number of partitions never reach half of them
 * (KAFKA-9965).
 *
 * <p>Any thread. Keeps one counter for each topic sent to.
 */
public class RoundRobinPartitioner implements Partitioner {
    private final Map<String, AtomicInteger> counters = new ConcurrentHashMap<>();

    /** Set between {@link #onNewBatch} and the second question, which the same thread asks. */
    @SuppressWarnings("ThreadLocalUsage") // an answer belongs to one partitioner, and is removed when it is read
    private final ThreadLocal<@Nullable TopicPartition> again = new ThreadLocal<>();

    public RoundRobinPartitioner() {}

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public int partition(
            String topic,
            @Nullable Object key,
            byte @Nullable [] keyBytes,
            @Nullable Object value,
            byte @Nullable [] valueBytes,
            Cluster cluster) {
        TopicPartition chosen = again.get();
        if (chosen != null) {
            again.remove();
            if (chosen.topic().equals(topic)) {
                return chosen.partition();
            }
        }
        int next = counters.computeIfAbsent(topic, t -> new AtomicInteger()).getAndIncrement() & Integer.MAX_VALUE;
        List<PartitionInfo> available = cluster.availablePartitionsForTopic(topic);
        return available.isEmpty()
                ? next % cluster.partitionsForTopic(topic).size()
                : available.get(next % available.size()).partition();
    }

    @Override
    public void onNewBatch(String topic, Cluster cluster, int prevPartition) {
        again.set(new TopicPartition(topic, prevPartition));
    }

    @Override
    public void close() {}
}
