package io.penstock.testkit.guide;

import static io.penstock.testkit.assertion.KafkaAssertions.assertThat;
import static io.penstock.testkit.assertion.KafkaAssertions.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.NotEnoughReplicasException;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.Producer;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.FaultRates;
import io.penstock.testkit.fake.RandomFaults;
import io.penstock.testkit.fake.SaslOptions;
import io.penstock.testkit.fake.StoredRecord;
import io.penstock.testkit.junit.FakeClusterExtension;
import io.penstock.testkit.junit.FakeKafka;
import io.penstock.testkit.mock.MockProducer;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of docs/TESTING.md, which has them word for word: they compile, and do what is said there. */
@Timeout(180)
class GuideExamplesTest {

    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Nested
    @FakeKafka(brokers = 3, topics = "orders:4")
    class OrdersTest {
        @Test
        void order_isSent(FakeCluster cluster, Producer<String, String> producer) throws Exception {
            producer.send(new ProducerRecord<>("orders", 0, "alice", "tea")).get();

            assertThat(cluster)
                    .topic("orders")
                    .containsExactly(record("alice", "tea").inPartition(0));
        }
    }

    @Nested
    class ShopTest {
        @RegisterExtension
        final FakeClusterExtension kafka = FakeClusterExtension.of(() -> FakeCluster.builder()
                .topic("orders", 4)
                .sasl(SaslOptions.mechanisms("SCRAM-SHA-256").withUser("alice", "secret")));

        @Test
        void clusterIsUp() {
            assertThat(kafka.cluster().partitionCount("orders")).isEqualTo(4);
        }
    }

    @Test
    void lostAnswer() throws Exception {
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(3).topic("orders", 1).start();
                Producer<String, String> producer = producer(cluster, 30_000)) {
            cluster.fault(ApiKey.PRODUCE).partition("orders", 0).dropAfter();
            producer.send(new ProducerRecord<>("orders", "tea")).get();

            assertThat(cluster).topic("orders").containsValues("tea");
            assertThat(cluster).hasReceived(ApiKey.PRODUCE, 2);
        }
    }

    @Test
    void refusal() {
        try (FakeCluster cluster = FakeCluster.builder().topic("orders", 1).start();
                Producer<String, String> producer = producer(cluster, 500)) {
            cluster.fault(ApiKey.PRODUCE).always().error(ErrorCode.NOT_ENOUGH_REPLICAS);
            Future<RecordMetadata> sent = producer.send(new ProducerRecord<>("orders", "tea"));

            assertThatThrownBy(sent::get).hasRootCauseInstanceOf(NotEnoughReplicasException.class);
            assertThat(cluster).topic("orders").isEmpty();
        }
    }

    @Test
    void roughSea() {
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(3).topic("orders", 1).start();
                Producer<String, String> producer = producer(cluster, 500)) {
            RandomFaults faults = cluster.randomFaults(42, FaultRates.rough().lasting(Duration.ofMillis(50)));
            for (int i = 0; i < 100; i++) {
                producer.send(new ProducerRecord<>("orders", "k", "order " + i));
            }
            faults.stop();
            producer.flush();

            List<StoredRecord> stored = cluster.records("orders", 0);
            assertThat(cluster).topic("orders").hasNoDuplicates();
            assertThat(stored.size()).isLessThanOrEqualTo(100);
        }
    }

    @Test
    void mock() {
        MockProducer<String, String> producer =
                new MockProducer<>(false, null, new StringSerializer(), new StringSerializer());
        Future<RecordMetadata> tea = producer.send(new ProducerRecord<>("orders", "alice", "tea"));
        Future<RecordMetadata> milk = producer.send(new ProducerRecord<>("orders", "alice", "milk"));
        producer.completeNext();
        producer.errorNext(new IllegalStateException("no milk"));

        assertThat(tea).isDone();
        assertThatThrownBy(milk::get).hasRootCauseMessage("no milk");
        assertThat(producer.history()).extracting(ProducerRecord::value).containsExactly("tea", "milk");
    }

    @Test
    void everyExampleOfTheGuide_isInThisFile() throws IOException {
        String source =
                plain(Files.readString(Path.of("src/test/java/io/penstock/testkit/guide/GuideExamplesTest.java")));
        Matcher blocks = JAVA_BLOCK.matcher(Files.readString(Path.of("../docs/TESTING.md")));
        int count = 0;
        while (blocks.find()) {
            count++;
            assertThat(source).contains(plain(blocks.group(1)));
        }
        assertThat(count).isEqualTo(6);
    }

    private static String plain(String code) {
        return code.replaceAll("\\s+", "");
    }

    private static Producer<String, String> producer(FakeCluster cluster, int requestTimeoutMs) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "request.timeout.ms",
                requestTimeoutMs,
                "delivery.timeout.ms",
                requestTimeoutMs + 3_500,
                "retry.backoff.ms",
                5);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }
}
