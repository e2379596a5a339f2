package io.penstock.testkit.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.KafkaException;
import io.penstock.errors.ProducerFencedException;
import io.penstock.errors.RecordTooLargeException;
import io.penstock.producer.ConsumerGroupMetadata;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.OffsetAndMetadata;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.TopicPartition;
import io.penstock.serialization.ByteArraySerializer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Transactions on a broker of any release with -Pversions: by the first protocol up to 3.9, by the second from 4.0 on. {@link
 * TransactionScenarios} has more, on the embedded one.
 */
@Timeout(240)
class RealTransactionsIT {

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static TestBroker kafka;

    @BeforeAll
    static void startBroker() {
        kafka = TestBroker.start(Map.of("message.max.bytes", "20000"));
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    private final String topic = "transactions-" + NAMES.incrementAndGet();
    private final String id = "id-of-" + topic;

    private static KafkaProducer<byte[], byte[]> producer(String transactionalId) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", kafka.bootstrapServers());
        configs.put("transactional.id", transactionalId);
        configs.put("max.block.ms", 60_000);
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(configs, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private void send(KafkaProducer<byte[], byte[]> producer, int partition, String value) {
        producer.send(new ProducerRecord<>(topic, partition, null, value.getBytes(UTF_8)));
    }

    private List<String> committed(int expectedCount) {
        return Witness.readCommitted(kafka.bootstrapServers(), topic, expectedCount).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    @Test
    void transactions_areSeenWhenCommitted_andNotWhenAborted() {
        kafka.createTopic(topic, 2, Map.of());
        try (var producer = producer(id)) {
            for (int i = 0; i < 10; i++) {
                producer.beginTransaction();
                send(producer, 0, "a" + i);
                send(producer, 1, "b" + i);
                if (i % 2 == 0) {
                    producer.commitTransaction();
                } else {
                    producer.flush();
                    producer.abortTransaction();
                }
            }
        }
        assertThat(committed(10)).containsExactly("a0", "a2", "a4", "a6", "a8", "b0", "b2", "b4", "b6", "b8");
    }

    @Test
    void offsets_countWithTheirTransaction() {
        kafka.createTopic(topic, 1, Map.of());
        String group = "group-of-" + topic;
        TopicPartition partition = new TopicPartition(topic, 0);
        try (var producer = producer(id)) {
            producer.inTransaction(tx -> {
                tx.send(new ProducerRecord<>(topic, 0, null, "seen".getBytes(UTF_8)));
                tx.sendOffsets(Map.of(partition, new OffsetAndMetadata(3)), new ConsumerGroupMetadata(group));
            });
            producer.beginTransaction();
            send(producer, 0, "never");
            producer.sendOffsetsToTransaction(
                    Map.of(partition, new OffsetAndMetadata(9)), new ConsumerGroupMetadata(group));
            producer.abortTransaction();
        }
        assertThat(committed(1)).containsExactly("seen");
        assertThat(position(group)).isEqualTo(3);
    }

    private long position(String group) {
        var partition = new org.apache.kafka.common.TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.id", group),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            return consumer.committed(Set.of(partition)).get(partition).offset();
        }
    }

    /** A refused record leaves a hole in the sequences, so that by the first protocol the epoch must be raised (KIP-360). */
    @Test
    void recordThatTheBrokerRefuses_failsItsTransactionOnly() {
        kafka.createTopic(topic, 1, Map.of("max.message.bytes", "2000"));
        try (var producer = producer(id)) {
            for (int i = 0; i < 3; i++) {
                producer.beginTransaction();
                send(producer, 0, "of the failed one");
                producer.flush();
                producer.send(new ProducerRecord<>(topic, 0, null, new byte[5_000]));
                assertThatThrownBy(producer::commitTransaction).isInstanceOf(RecordTooLargeException.class);
                producer.abortTransaction();
                producer.beginTransaction();
                send(producer, 0, "good " + i);
                producer.commitTransaction();
            }
        }
        assertThat(committed(3)).containsExactly("good 0", "good 1", "good 2");
    }

    @Test
    void secondProducer_fencesTheFirst() {
        kafka.createTopic(topic, 1, Map.of());
        try (var first = producer(id)) {
            first.beginTransaction();
            send(first, 0, "of the first");
            first.flush();
            try (var second = producer(id)) {
                assertThatThrownBy(() -> {
                            send(first, 0, "too late");
                            first.commitTransaction();
                        })
                        .isInstanceOf(KafkaException.class);
                assertThatThrownBy(first::abortTransaction).isInstanceOf(ProducerFencedException.class);
                second.beginTransaction();
                send(second, 0, "of the second");
                second.commitTransaction();
            }
        }
        assertThat(committed(1)).containsExactly("of the second");
    }
}
