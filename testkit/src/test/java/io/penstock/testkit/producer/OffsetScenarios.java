package io.penstock.testkit.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.KafkaException;
import io.penstock.producer.ConsumerGroupMetadata;
import io.penstock.producer.OffsetAndMetadata;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.TopicPartition;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.junit.jupiter.api.Test;

/** What offsets in transactions must do on a real broker, whichever of the two protocols it speaks. */
abstract class OffsetScenarios extends TransactionalClients {

    @Test
    void consumeTransformProduce_writesEachInputOnce_acrossARestartInTheMiddle() {
        String input = newTopic(2);
        String output = newTopic(2);
        String group = newName("group");
        int count = 300;
        try (var producer = producer(newName("tx"))) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int i = 0; i < count; i++) {
                producer.send(record(input, i % 2, "value " + i));
            }
            producer.commitTransaction();
        }
        String id = newName("tx");
        transform(input, output, group, id, count / 2);
        transform(input, output, group, id, count);
        List<String> seen = committed(output, count);
        assertThat(seen).doesNotHaveDuplicates().hasSize(count);
    }

    /** Reads, writes and commits positions until so many records are in the output; aborts every third transaction first. */
    private void transform(String input, String output, String group, String id, int untilCount) {
        try (var producer = producer(id);
                var consumer = consumer(group, 20)) {
            producer.initTransactions();
            consumer.subscribe(List.of(input));
            int round = 0;
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
            int written = Witness.countCommitted(kafka().bootstrapServers(), output);
            while (written < untilCount) {
                assertThat(System.nanoTime() - deadline).as("time left").isNegative();
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(200));
                if (records.isEmpty()) {
                    continue;
                }
                boolean abort = ++round % 3 == 0;
                producer.beginTransaction();
                Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    producer.send(new ProducerRecord<>(output, record.partition(), null, record.value()));
                    positions.put(
                            new TopicPartition(record.topic(), record.partition()),
                            new OffsetAndMetadata(record.offset() + 1));
                }
                producer.sendOffsetsToTransaction(positions, metadata(consumer));
                if (abort) {
                    producer.abortTransaction();
                    consumer.partitionsFor(input);
                    records.partitions()
                            .forEach(p ->
                                    consumer.seek(p, records.records(p).get(0).offset()));
                } else {
                    producer.commitTransaction();
                    written += records.count();
                }
            }
        }
    }

    @Test
    void memberThatIsNotOfTheGroup_cannotCommitOffsets_andAbortRestores() {
        String topic = newTopic(1);
        String group = newName("group");
        try (var producer = producer(newName("tx"));
                var consumer = consumer(group, 10)) {
            producer.initTransactions();
            consumer.subscribe(List.of(topic));
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
            while (consumer.assignment().isEmpty()) {
                assertThat(System.nanoTime() - deadline)
                        .as("time to join the group")
                        .isNegative();
                consumer.poll(Duration.ofMillis(100));
            }
            var member = metadata(consumer);
            var positions = Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(1));
            producer.beginTransaction();
            producer.send(record(topic, 0, "with wrong offsets"));
            assertThatThrownBy(() -> producer.sendOffsetsToTransaction(
                            positions,
                            new ConsumerGroupMetadata(
                                    group, member.generationId(), "somebody-else", member.groupInstanceId())))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("UNKNOWN_MEMBER_ID");
            assertThatThrownBy(producer::commitTransaction).isInstanceOf(KafkaException.class);
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(record(topic, 0, "with right offsets"));
            producer.sendOffsetsToTransaction(positions, member);
            producer.commitTransaction();
            var partition = new org.apache.kafka.common.TopicPartition(topic, 0);
            assertThat(consumer.committed(java.util.Set.of(partition))
                            .get(partition)
                            .offset())
                    .isEqualTo(1);
        }
        assertThat(committed(topic, 1)).containsExactly("with right offsets");
    }
}
