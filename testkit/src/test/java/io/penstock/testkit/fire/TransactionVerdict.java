package io.penstock.testkit.fire;

import io.penstock.testkit.fire.TransactionalWorkload.End;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What a reader of committed records sees of the transactions.
 *
 * @param partial transactions of which it sees a part
 * @param lost committed ones that it does not see
 * @param ghosts aborted ones that it sees
 * @param doubled records that it sees twice
 * @param lastVisible the number of the last one, -1 for none
 * @param groupPosition what the last one to commit has said of its input
 */
record TransactionVerdict(
        int visible,
        int partial,
        int lost,
        int ghosts,
        int doubled,
        int lastVisible,
        long groupPosition,
        List<String> examples) {

    static TransactionVerdict of(String bootstrapServers, TransactionalWorkload workload) throws Exception {
        Map<Integer, BitSet> seen = new TreeMap<>();
        int[] doubled = {0};
        read(bootstrapServers, record -> {
            ByteBuffer value = ByteBuffer.wrap(record.value());
            BitSet records = seen.computeIfAbsent(value.getInt(), number -> new BitSet());
            int index = value.getInt();
            doubled[0] += records.get(index) ? 1 : 0;
            records.set(index);
        });
        int partial = 0;
        int lost = 0;
        int ghosts = 0;
        List<String> examples = new ArrayList<>();
        for (int number = 0; number < workload.ends().size(); number++) {
            int there = seen.getOrDefault(number, new BitSet()).cardinality();
            End end = workload.ends().get(number);
            String what = "transaction " + number + " (" + end + ") has " + there + " of "
                    + workload.sizes().get(number) + " records";
            if (there > 0 && there < workload.sizes().get(number)) {
                partial++;
                examples.add(what);
            } else if (there == 0 && end == End.COMMITTED) {
                lost++;
                examples.add(what);
            } else if (there > 0 && end == End.ABORTED) {
                ghosts++;
                examples.add(what);
            }
        }
        int last = seen.keySet().stream().mapToInt(each -> each).max().orElse(-1);
        return new TransactionVerdict(
                seen.size(), partial, lost, ghosts, doubled[0], last, position(bootstrapServers), examples);
    }

    private static void read(
            String bootstrapServers, java.util.function.Consumer<ConsumerRecord<String, byte[]>> reader) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TransactionalWorkload.TOPIC).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends =
                    consumer.endOffsets(partitions); // where the open transaction begins, if there is one
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
            for (TopicPartition partition : partitions) {
                while (consumer.position(partition) < ends.get(partition)) {
                    consumer.poll(Duration.ofMillis(200)).forEach(reader);
                    if (System.nanoTime() - deadline > 0) {
                        throw new AssertionError(partition + " could not be read to its end in five minutes");
                    }
                }
            }
        }
    }

    private static long position(String bootstrapServers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            var position = admin.listConsumerGroupOffsets(TransactionalWorkload.GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get(60, TimeUnit.SECONDS)
                    .get(new TopicPartition(
                            TransactionalWorkload.INPUT.topic(), TransactionalWorkload.INPUT.partition()));
            return position == null ? 0 : position.offset();
        }
    }
}
