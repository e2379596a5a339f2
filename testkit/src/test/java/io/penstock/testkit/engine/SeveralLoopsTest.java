package io.penstock.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.ConfigException;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.testkit.TestAuthority;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.SaslOptions;
import io.penstock.testkit.fake.SeenBatch;
import io.penstock.testkit.fake.SeenRequest;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds with one loop holds with several ({@code sender.threads}), and they share the work. */
@Timeout(180)
class SeveralLoopsTest {

    private static final int PARTITION_COUNT = 9;
    private static final Duration PATIENCE = Duration.ofSeconds(SentRecords.PATIENCE_SECONDS);
    private static final AtomicInteger CLIENTS = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void lostAnswersAndMovingLeaders_leaveEachRecordOnceAndInOrder(int loops) throws Exception {
        try (FakeCluster cluster = FakeCluster.builder()
                        .brokers(3)
                        .topic("t", PARTITION_COUNT)
                        .topic("u", 1)
                        .start();
                KafkaProducer<String, String> producer = producer(cluster, loops, "request.timeout.ms", 500)) {
            for (int i = 0; i < 24; i++) {
                var fault = cluster.fault(ApiKey.PRODUCE).after(5 * i);
                if (i % 2 == 0) {
                    fault.dropAfter();
                } else {
                    fault.dropBefore();
                }
            }
            SentRecords records = new SentRecords(producer);
            for (int i = 0; i < 1_800; i++) {
                records.send("t", i % PARTITION_COUNT);
                if (i % 20 == 0) {
                    records.send("u", 0);
                }
                if (i % 90 == 0) {
                    int partition = i / 90 % PARTITION_COUNT;
                    cluster.moveLeader("t", partition, 1 + cluster.leader("t", partition) % 3);
                }
            }

            records.awaitAll().assertExactlyOnceInOrder(cluster);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void eachLoop_hasAnIdentityAndConnectionsOfItsOwn_andAPartitionStaysWithOne(int loops) throws Exception {
        try (FakeCluster cluster = FakeCluster.builder()
                        .brokers(1)
                        .topic("t", PARTITION_COUNT)
                        .start();
                KafkaProducer<String, String> producer = producer(cluster, loops)) {
            SentRecords records = new SentRecords(producer);
            for (int i = 0; i < 50 * PARTITION_COUNT; i++) {
                records.send("t", i % PARTITION_COUNT);
            }
            records.awaitAll();

            Map<Integer, Set<Long>> idsByPartition = new HashMap<>();
            Set<Long> ids = new TreeSet<>();
            for (SeenRequest request : cluster.requests(ApiKey.PRODUCE)) {
                for (SeenBatch batch : request.batches()) {
                    idsByPartition
                            .computeIfAbsent(batch.partition(), p -> new TreeSet<>())
                            .add(batch.producerId());
                    ids.add(batch.producerId());
                }
            }
            assertThat(ids).hasSize(loops);
            assertThat(idsByPartition.values())
                    .allSatisfy(each -> assertThat(each).hasSize(1));
            assertThat(metric(producer, "connection-count")).isGreaterThanOrEqualTo(loops);
            assertThat(metric(producer, "record-send-total")).isEqualTo(50.0 * PARTITION_COUNT);
            assertThat(topicMetric(producer, "record-send-total")).isEqualTo(50.0 * PARTITION_COUNT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void flush_returnsAfterTheCallbacksOfAllLoops_whichRunOnOneThread(int loops) throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        try (FakeCluster cluster = FakeCluster.builder()
                        .brokers(3)
                        .topic("t", PARTITION_COUNT)
                        .start();
                KafkaProducer<String, String> producer = producer(cluster, loops, "linger.ms", 60_000)) {
            cluster.fault(ApiKey.PRODUCE).after(2).times(3).delayAnswer(Duration.ofMillis(50));
            for (int round = 1; round <= 5; round++) {
                AtomicInteger heard = new AtomicInteger();
                for (int i = 0; i < 20 * PARTITION_COUNT; i++) {
                    producer.send(new ProducerRecord<>("t", i % PARTITION_COUNT, "k", "v"), (m, e) -> {
                        threads.add(Thread.currentThread());
                        heard.incrementAndGet();
                    });
                }

                producer.flush();

                assertThat(heard).hasValue(20 * PARTITION_COUNT);
            }
            assertThat(threads).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void close_waitsForWhatIsOnItsWayOnEveryLoop_andGivesBackAllMemory(int loops) throws Exception {
        try (FakeCluster cluster =
                FakeCluster.builder().brokers(3).topic("t", PARTITION_COUNT).start()) {
            KafkaProducer<String, String> producer = producer(cluster, loops, "linger.ms", 60_000);
            SentRecords records = new SentRecords(producer);
            for (int i = 0; i < 20 * PARTITION_COUNT; i++) {
                records.send("t", i % PARTITION_COUNT);
            }
            cluster.fault(ApiKey.PRODUCE).times(2).dropAfter();
            cluster.moveLeader("t", 3, 1); // hears of it from a loop that may have nothing left to do

            producer.close();

            records.awaitAll();
            assertThat(metric(producer, "buffer-available-bytes")).isEqualTo(metric(producer, "buffer-total-bytes"));
            cluster.await("the ends of all loops", PATIENCE, () -> loopThreads(producer)
                    .isEmpty());
        }
    }

    @Test
    void close_whenNothingIsAnswered_failsWhatIsLeftOnEveryLoop() throws Exception {
        try (FakeCluster cluster =
                FakeCluster.builder().brokers(2).topic("t", PARTITION_COUNT).start()) {
            KafkaProducer<String, String> producer = producer(cluster, 3);
            new SentRecords(producer).sendMany("t", 0, 1).awaitAll();
            cluster.fault(ApiKey.PRODUCE).times(1_000).neverAnswer();
            SentRecords records = new SentRecords(producer);
            for (int partition = 0; partition < PARTITION_COUNT; partition++) {
                records.send("t", partition);
            }

            producer.close(Duration.ofMillis(100));

            records.awaitEnds();
            assertThat(metric(producer, "buffer-available-bytes")).isEqualTo(metric(producer, "buffer-total-bytes"));
            cluster.await("the ends of all loops", PATIENCE, () -> loopThreads(producer)
                    .isEmpty());
        }
    }

    @Test
    void memory_whenOneLoopHoldsItAndLingers_isSentForTheOthers() throws Exception {
        // Prevents that only the loop of the record that waits hurries, while another one's records linger in all the
        // memory.
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(1).topic("t", 2).start();
                KafkaProducer<String, String> producer = producer(
                        cluster,
                        2,
                        "linger.ms",
                        3_600_000,
                        "delivery.timeout.ms",
                        7_200_000,
                        "buffer.memory",
                        32_768)) {
            SentRecords records = new SentRecords(producer);
            for (int i = 0; i < 40; i++) {
                records.send("t", 0, 1_000);
            }
            for (int i = 0; i < 40; i++) {
                records.send("t", 1, 1_000);
            }

            records.assertExactlyOnceInOrder(cluster);
        }
    }

    @Test
    void brokersThatGoAndComeBack_areFoundByEveryLoop() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder()
                        .brokers(2)
                        .topic("t", PARTITION_COUNT)
                        .start();
                KafkaProducer<String, String> producer = producer(cluster, 3, "metadata.max.age.ms", 100)) {
            SentRecords records = new SentRecords(producer);
            for (int partition = 0; partition < PARTITION_COUNT; partition++) {
                records.send("t", partition);
            }
            records.awaitAll();
            cluster.stopBroker(1);
            cluster.stopBroker(2);
            for (int partition = 0; partition < PARTITION_COUNT; partition++) {
                records.send("t", partition);
            }
            cluster.startBroker(1);
            cluster.startBroker(2);

            records.awaitAll().assertExactlyOnceInOrder(cluster);
        }
    }

    @Test
    void tlsAndSasl_areSetUpOnceAndUsedByEveryLoop() throws Exception {
        TestAuthority authority = TestAuthority.create("authority");
        try (FakeCluster cluster = FakeCluster.builder()
                        .brokers(2)
                        .topic("t", PARTITION_COUNT)
                        .tls(authority.identity("broker", "localhost", "127.0.0.1"))
                        .sasl(SaslOptions.mechanisms("SCRAM-SHA-256").withUser("alice", "of-alice"))
                        .start();
                KafkaProducer<String, String> producer = producer(
                        cluster,
                        3,
                        "security.protocol",
                        "SASL_SSL",
                        "ssl.truststore.type",
                        "PEM",
                        "ssl.truststore.certificates",
                        authority.pem(),
                        "sasl.mechanism",
                        "SCRAM-SHA-256",
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required"
                                + " username=\"alice\" password=\"of-alice\";")) {
            SentRecords records = new SentRecords(producer);
            for (int i = 0; i < 20 * PARTITION_COUNT; i++) {
                records.send("t", i % PARTITION_COUNT);
            }

            records.awaitAll().assertExactlyOnceInOrder(cluster);
            assertThat(metric(producer, "successful-authentication-total")).isGreaterThanOrEqualTo(6);
        }
    }

    @Test
    void transactionalProducer_hasOneLoop() {
        assertThatThrownBy(() -> new KafkaProducer<>(Map.of(
                        "bootstrap.servers", "127.0.0.1:1",
                        "key.serializer", "io.penstock.serialization.StringSerializer",
                        "value.serializer", "io.penstock.serialization.StringSerializer",
                        "transactional.id", "orders",
                        "sender.threads", 2)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("transactional.id=orders")
                .hasMessageContaining("sender.threads=2");
    }

    private static KafkaProducer<String, String> producer(FakeCluster cluster, int loops, Object... more) {
        Object[] settings = Arrays.copyOf(more, more.length + 4);
        settings[more.length] = "sender.threads";
        settings[more.length + 1] = loops;
        settings[more.length + 2] = "client.id";
        settings[more.length + 3] = "loops-" + CLIENTS.incrementAndGet();
        return EngineProducers.create(cluster, settings);
    }

    private static Set<String> loopThreads(KafkaProducer<String, String> producer) {
        String client = producer.metrics().keySet().iterator().next().tags().get("client-id");
        Set<String> names = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("penstock-sender-" + client)) {
                names.add(thread.getName());
            }
        }
        return names;
    }

    private static double metric(KafkaProducer<String, String> producer, String name) {
        return sum(producer, "producer-metrics", name);
    }

    private static double topicMetric(KafkaProducer<String, String> producer, String name) {
        return sum(producer, "producer-topic-metrics", name);
    }

    private static double sum(KafkaProducer<String, String> producer, String group, String name) {
        return producer.metrics().entrySet().stream()
                .filter(each -> each.getKey().group().equals(group)
                        && each.getKey().name().equals(name))
                .mapToDouble(each -> ((Number) each.getValue().metricValue()).doubleValue())
                .sum();
    }
}
