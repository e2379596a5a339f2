package io.penstock.testkit.producer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics back with Apache's own consumer, so that nothing of ours judges what we wrote. */
public final class Witness {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private Witness() {}

    /** Everything in the topic, partition by partition in offset order; fails unless it is exactly so many. */
    static List<ConsumerRecord<byte[], byte[]>> read(String bootstrapServers, String topic, int expectedCount) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "check.crcs", true),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            long deadline = System.nanoTime() + LIMIT_NANOS;
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (sum(ends) < expectedCount) { // with acks 0 the broker may still be reading
                checkTime(deadline, topic, ends);
                ends = consumer.endOffsets(partitions);
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (TopicPartition partition : partitions) {
                while (consumer.position(partition) < ends.get(partition)) {
                    checkTime(deadline, topic, ends);
                    consumer.poll(Duration.ofMillis(200)).forEach(all::add);
                }
            }
        }
        all.sort((a, b) -> a.partition() != b.partition()
                ? Integer.compare(a.partition(), b.partition())
                : Long.compare(a.offset(), b.offset()));
        if (all.size() != expectedCount) {
            throw new AssertionError(topic + " holds " + all.size() + " records, expected " + expectedCount);
        }
        return all;
    }

    /** The same as a read_committed consumer sees it; what is not decided yet is waited for. */
    public static List<ConsumerRecord<byte[], byte[]>> readCommitted(
            String bootstrapServers, String topic, int expectedCount) {
        List<ConsumerRecord<byte[], byte[]>> all = readDecided(bootstrapServers, topic);
        if (all.size() != expectedCount) {
            throw new AssertionError(topic + " shows " + all.size() + " committed records, expected " + expectedCount);
        }
        return all;
    }

    static int countCommitted(String bootstrapServers, String topic) {
        return readDecided(bootstrapServers, topic).size();
    }

    private static List<ConsumerRecord<byte[], byte[]>> readDecided(String bootstrapServers, String topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> any = consumer(bootstrapServers, "read_uncommitted");
                KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers, "read_committed")) {
            List<TopicPartition> partitions = partitions(any, topic);
            Map<TopicPartition, Long> ends = any.endOffsets(partitions);
            long deadline = System.nanoTime() + LIMIT_NANOS;
            while (!consumer.endOffsets(partitions).equals(ends)) { // markers are still being written
                checkTime(deadline, topic, ends);
                ends = any.endOffsets(partitions);
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (TopicPartition partition : partitions) {
                while (consumer.position(partition) < ends.get(partition)) {
                    checkTime(deadline, topic, ends);
                    consumer.poll(Duration.ofMillis(200)).forEach(all::add);
                }
            }
        }
        all.sort((a, b) -> a.partition() != b.partition()
                ? Integer.compare(a.partition(), b.partition())
                : Long.compare(a.offset(), b.offset()));
        return all;
    }

    /** Waits until a topic's logs have so many offsets in all, markers included. */
    static void awaitEnd(String bootstrapServers, String topic, long offsets) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers, "read_uncommitted")) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            long deadline = System.nanoTime() + LIMIT_NANOS;
            for (Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
                    sum(ends) < offsets;
                    ends = consumer.endOffsets(partitions)) {
                checkTime(deadline, topic, ends);
            }
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers, String isolation) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", isolation),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private static long sum(Map<TopicPartition, Long> ends) {
        return ends.values().stream().mapToLong(Long::longValue).sum();
    }

    private static void checkTime(long deadline, String topic, Map<TopicPartition, Long> ends) {
        if (System.nanoTime() - deadline > 0) {
            throw new AssertionError(topic + " could not be read within a minute; its ends are " + ends);
        }
    }
}
