package io.penstock.testkit.fire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What is in a topic, held against what was heard of it. Read by Apache's consumer, so that nothing of ours judges ours. */
record LogVerdict(
        long stored,
        long lost,
        long doubled,
        long outOfOrder,
        long notWrittenButThere,
        long otherOffset,
        List<String> examples) {

    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(5);

    static LogVerdict of(String bootstrapServers, String topic, Ledger ledger) {
        Builder verdict = new Builder(ledger);
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "check.crcs", true, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + LIMIT_NANOS;
            for (TopicPartition partition : partitions) {
                while (consumer.position(partition) < ends.get(partition)) {
                    consumer.poll(Duration.ofMillis(200)).forEach(verdict::read);
                    if (System.nanoTime() - deadline > 0) {
                        throw new AssertionError(partition + " could not be read to its end " + ends.get(partition)
                                + " in five minutes, only to " + consumer.position(partition));
                    }
                }
            }
        }
        return verdict.build();
    }

    private static final class Builder {
        private static final int MAX_EXAMPLES = 20;

        private final Ledger ledger;
        private final Map<Integer, byte[]> seen = new HashMap<>();
        private final Map<Integer, Integer> last = new HashMap<>();
        private final List<String> examples = new ArrayList<>();
        private long stored;
        private long doubled;
        private long outOfOrder;
        private long notWrittenButThere;
        private long otherOffset;

        Builder(Ledger ledger) {
            this.ledger = ledger;
        }

        void read(ConsumerRecord<String, byte[]> record) {
            int key = Workload.keyOf(record.key());
            int number = Workload.numberOf(record.value());
            byte[] counts = seen.computeIfAbsent(key, k -> new byte[ledger.count(k)]);
            stored++;
            if (counts[number]++ > 0) {
                doubled++;
                example("twice", record, key, number);
                return;
            }
            if (last.getOrDefault(key, -1) > number) {
                outOfOrder++;
                example("after " + last.get(key), record, key, number);
            }
            last.put(key, number);
            if (ledger.state(key, number) == Ledger.State.NOT_WRITTEN) {
                notWrittenButThere++;
                example("there in spite of \"not written\"", record, key, number);
            }
            long told = ledger.offset(key, number);
            if (ledger.state(key, number) == Ledger.State.ACKNOWLEDGED && told >= 0 && told != record.offset()) {
                otherOffset++;
                example("acknowledged for offset " + told, record, key, number);
            }
        }

        private void example(String what, ConsumerRecord<String, byte[]> record, int key, int number) {
            if (examples.size() < MAX_EXAMPLES) {
                examples.add("k" + key + " number " + number + " (" + ledger.state(key, number) + ") " + what + ", at "
                        + record.topic() + "-" + record.partition() + "@" + record.offset());
            }
        }

        LogVerdict build() {
            long lost = 0;
            for (int key = 0; key < ledger.keyCount(); key++) {
                byte[] counts = seen.getOrDefault(key, new byte[ledger.count(key)]);
                for (int number = 0; number < counts.length; number++) {
                    if (counts[number] == 0 && ledger.state(key, number) == Ledger.State.ACKNOWLEDGED) {
                        lost++;
                        if (examples.size() < MAX_EXAMPLES) {
                            examples.add("k" + key + " number " + number + " was acknowledged and is lost");
                        }
                    }
                }
            }
            return new LogVerdict(stored, lost, doubled, outOfOrder, notWrittenButThere, otherOffset, examples);
        }
    }
}
