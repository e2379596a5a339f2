package io.penstock.testkit.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.UnsupportedVersionException;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.PreparedTxnState;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.ByteArraySerializer;
import io.penstock.testkit.EmbeddedKafka;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two-phase commit (KIP-939) on a real broker that offers versions which are not released yet, and allows it. */
@Timeout(240)
class TwoPhaseCommitIT {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.builder()
                .config("unstable.api.versions.enable", "true")
                .config("transaction.two.phase.commit.enable", "true")
                .start();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    private final String topic = "two-phase-" + NAMES.incrementAndGet();
    private final String id = "id-of-" + topic;

    private KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", kafka.bootstrapServers());
        configs.put("transactional.id", id);
        configs.put("transaction.two.phase.commit.enable", true);
        configs.put("max.block.ms", 30_000);
        return new KafkaProducer<>(configs, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private void send(KafkaProducer<byte[], byte[]> producer, String value) {
        producer.send(new ProducerRecord<>(topic, 0, null, value.getBytes(UTF_8)));
    }

    private List<String> committed(int expectedCount) {
        return Witness.readCommitted(kafka.bootstrapServers(), topic, expectedCount).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    @Test
    void completing_byThePreparedState_commits_andByAnotherOneAborts() {
        kafka.createTopic(topic, 1, Map.of());
        try (var producer = producer()) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, "first");
            PreparedTxnState first = producer.prepareTransaction();
            assertThat(first.hasTransaction()).isTrue();
            producer.completeTransaction(new PreparedTxnState(first.toString()));

            producer.beginTransaction();
            send(producer, "never");
            PreparedTxnState second = producer.prepareTransaction();
            assertThat(second).isNotEqualTo(first);
            producer.completeTransaction(first);

            producer.beginTransaction();
            send(producer, "third");
            producer.prepareTransaction();
            producer.commitTransaction();

            producer.beginTransaction();
            send(producer, "never");
            producer.prepareTransaction();
            producer.abortTransaction();
        }
        assertThat(committed(2)).containsExactly("first", "third");
    }

    /** Kafka 4.4.0 knows the flag and refuses it; the producer says so, and a plain initTransactions cleans up. */
    @Test
    void restart_cannotKeepWhatIsPrepared_onThisBroker_andAbortsIt() {
        kafka.createTopic(topic, 1, Map.of());
        try (var producer = producer()) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, "prepared, and then nobody came back");
            producer.prepareTransaction();
        }
        try (var producer = producer()) {
            assertThatThrownBy(() -> producer.initTransactions(true))
                    .isInstanceOf(UnsupportedVersionException.class)
                    .hasMessageContaining("cannot keep a prepared transaction over a restart");
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, "of the next");
            producer.completeTransaction(producer.prepareTransaction());
        }
        assertThat(committed(1)).containsExactly("of the next");
    }
}
