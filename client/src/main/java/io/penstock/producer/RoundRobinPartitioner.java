package io.penstock.producer;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Gives each record to the next partition of its topic, whatever its key: first those that have a leader, all of them when none
 * has.
 *
 * <pre>{@code
 * settings.put("partitioner.class", "io.penstock.producer.RoundRobinPartitioner");
 * }</pre>
 *
 * <p>Any thread. When a record opens a new batch it is placed a second time; it then keeps the partition it had, so that every
 * partition gets its turn (Apache's partitioner of this name gave the turn away and so used every second partition only,
 * KAFKA-9965). Keeps one counter for each topic written to.
 */
public final class RoundRobinPartitioner implements Partitioner {

    private record Placed(String topic, int partition) {}

    private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>(); // bounded by the topics written to
    private final ThreadLocal<@Nullable Placed> askedAgain = new ThreadLocal<>();

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
        Placed placed = askedAgain.get();
        if (placed != null) {
            askedAgain.remove();
            if (placed.topic.equals(topic)) {
                return placed.partition;
            }
        }
        List<PartitionInfo> led = cluster.availablePartitionsForTopic(topic);
        List<PartitionInfo> candidates = led.isEmpty() ? cluster.partitionsForTopic(topic) : led;
        int turn = turns.computeIfAbsent(topic, t -> new AtomicInteger()).getAndIncrement();
        return candidates.get((turn & Integer.MAX_VALUE) % candidates.size()).partition();
    }

    @Override
    public void onNewBatch(String topic, Cluster cluster, int prevPartition) {
        askedAgain.set(new Placed(topic, prevPartition));
    }

    @Override
    public void close() {}
}
