package io.penstock.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.producer.Producer;
import io.penstock.serialization.StringSerializer;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.MetadataRequest;
import io.penstock.wire.message.MetadataResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults by chance, and the single ones that came with them, with Kafka's own producer over sockets. */
@Timeout(180)
class RandomFaultsTest {

    @ParameterizedTest
    @EnumSource(
            value = RandomFault.class,
            mode = EnumSource.Mode.EXCLUDE,
            // They lose records or fence producers, or concern transactions alone.
            names = {"TOPIC_RECREATION", "TRANSACTION_EXPIRY", "COORDINATOR_MOVE"})
    void everyFault_happensAndIsSurvived(RandomFault fault) throws Exception {
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(3).topic("t", 1).start();
                // Kafka's own producer does not get over noise and strange correlation ids.
                Producer<String, String> producer = penstock(cluster)) {
            RandomFaults faults =
                    cluster.randomFaults(7, FaultRates.none().with(fault, 0.2).lasting(Duration.ofMillis(20)));
            int sent = 0;
            while (faults.counts().getOrDefault(fault, 0) < 3) {
                assertThat(sent)
                        .as("records sent, and " + faults + " did not happen three times")
                        .isLessThan(2_000);
                producer.send(new io.penstock.producer.ProducerRecord<>("t", "v" + sent++))
                        .get();
            }
            faults.stop();
            producer.send(new io.penstock.producer.ProducerRecord<>("t", "v" + sent++))
                    .get();

            assertThat(cluster.records("t"))
                    .extracting(StoredRecord::valueText)
                    .containsExactlyElementsOf(
                            IntStream.range(0, sent).mapToObj(i -> "v" + i).toList());
            assertThat(faults.history()).anyMatch(line -> line.startsWith(fault.name()));
        }
    }

    @Test
    void coordinators_moveByChance() throws Exception {
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(3).topic("t", 1).start();
                KafkaProducer<String, String> producer = producer(cluster, true)) {
            RandomFaults faults = cluster.randomFaults(7, FaultRates.none().with(RandomFault.COORDINATOR_MOVE, 0.2));
            producer.initTransactions();
            int sent = 0;
            while (faults.counts().getOrDefault(RandomFault.COORDINATOR_MOVE, 0) < 3) {
                assertThat(sent).isLessThan(2_000);
                send(producer, sent++, true);
            }
            assertThat(cluster.records("t", Isolation.READ_COMMITTED)).hasSize(sent);
        }
    }

    @Test
    void topicsAndTransactions_areLostByChance() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = producer(cluster, true)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("t", "lost")).get();
            RandomFaults faults = cluster.randomFaults(7, FaultRates.none().with(RandomFault.TRANSACTION_EXPIRY, 1));
            assertThatThrownBy(() ->
                            producer.send(new ProducerRecord<>("t", "late")).get())
                    .isInstanceOf(Exception.class);
            assertThat(faults.counts()).containsEntry(RandomFault.TRANSACTION_EXPIRY, 1);
            assertThat(cluster.records("t", Isolation.ABORTED)).hasSize(1);

            var id = cluster.topicId("t");
            cluster.randomFaults(7, FaultRates.none().with(RandomFault.TOPIC_RECREATION, 1));
            try (RawConnection raw = new RawConnection(cluster.address(1))) {
                leader(raw);
            }
            assertThat(cluster.topicId("t")).isNotEqualTo(id);
        }
    }

    @Test
    void roughSea_losesAndDoublesNothing() throws Exception {
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(3).topic("t", 1).start();
                // Kafka's own may be told until the end that a batch is out of order which five others have come
                // behind.
                Producer<String, String> producer = penstock(cluster)) {
            RandomFaults faults = cluster.randomFaults(42, FaultRates.rough().lasting(Duration.ofMillis(30)));
            List<Future<io.penstock.producer.RecordMetadata>> futures = new ArrayList<>();
            while (faults.history().size() < 20) {
                assertThat(futures).hasSizeLessThan(20_000);
                for (int i = 0; i < 50; i++) {
                    futures.add(producer.send(new io.penstock.producer.ProducerRecord<>("t", "v" + futures.size())));
                }
                producer.flush();
            }
            faults.stop();
            for (Future<io.penstock.producer.RecordMetadata> future : futures) {
                future.get();
            }

            assertThat(cluster.records("t"))
                    .extracting(StoredRecord::valueText)
                    .containsExactlyElementsOf(IntStream.range(0, futures.size())
                            .mapToObj(i -> "v" + i)
                            .toList());
        }
    }

    @Test
    void draw_ofOneSeedIsTheSame() {
        assertThat(drawn(5)).isEqualTo(drawn(5)).isNotEqualTo(drawn(6));
        assertThat(drawn(5)).contains("DROP_AFTER").contains("LEADER_MOVE");
        assertThatThrownBy(() -> FaultRates.none().with(RandomFault.ERROR, 1.5)).hasMessageContaining("1.5");
    }

    @Test
    void quota_isEnforcedBySilence() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = ApacheProducers.create(cluster, "linger.ms", 0)) {
            cluster.produceQuota(20_000);
            String value = "x".repeat(5_000);
            long before = System.nanoTime();
            for (int i = 0; i < 8; i++) {
                producer.send(new ProducerRecord<>("t", value)).get();
            }

            // Two seconds' worth, of which one may come at once.
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before))
                    .isGreaterThan(600);
            assertThat(cluster.records("t")).hasSize(8);
        }
    }

    @Test
    void lateMetadata_isAsOldAsItWasTold() throws Exception {
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(2).topic("t", 1).start();
                RawConnection raw = new RawConnection(cluster.address(1))) {
            int before = cluster.leader("t", 0);
            cluster.lagMetadata(1, Duration.ofMillis(300));
            long moved = System.nanoTime();
            cluster.moveLeader("t", 0, 3 - before);
            int told = leader(raw);
            long asked = System.nanoTime() - moved;
            if (asked < TimeUnit.MILLISECONDS.toNanos(300)) {
                assertThat(told).isEqualTo(before);
            }
            while (leader(raw) == before) {
                assertThat(System.nanoTime() - moved).isLessThan(TimeUnit.SECONDS.toNanos(20));
            }
            assertThat(System.nanoTime() - moved).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(300));
        }
    }

    @Test
    void topicMadeAgain_hasAnotherIdAndNothingInIt() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 2).start();
                KafkaProducer<String, String> producer = producer(cluster, false)) {
            send(producer, 0, false);
            var id = cluster.topicId("t");
            int epoch = 3;
            for (int i = 0; i < epoch; i++) {
                cluster.bumpLeaderEpoch("t", 0);
            }
            send(producer, 1, false);

            assertThat(cluster.recreateTopic("t")).isNotEqualTo(id).isEqualTo(cluster.topicId("t"));
            assertThat(cluster.records("t")).isEmpty();
            assertThat(cluster.partitionCount("t")).isEqualTo(2);
            send(producer, 2, false);
            assertThat(cluster.records("t")).hasSize(1);
        }
    }

    @Test
    void halfAnAnswerAndSilence_isTimedOutByTheClient() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = producer(cluster, false)) {
            Fault stall = cluster.fault(ApiKey.PRODUCE).stallAnswer();
            Fault slow = cluster.fault(ApiKey.PRODUCE).after(1).throttleEnforced(Duration.ofMillis(50));
            send(producer, 0, false);
            send(producer, 1, false);

            assertThat(stall.hitCount()).isEqualTo(1);
            assertThat(slow.hitCount()).isEqualTo(1);
            assertThat(cluster.records("t")).hasSize(2);
        }
    }

    private static int leader(RawConnection raw) {
        return raw.ask(
                        new MetadataRequest().topics(List.of(new MetadataRequest.MetadataRequestTopic().name("t"))),
                        new MetadataResponse(),
                        9)
                .topics()
                .get(0)
                .partitions()
                .get(0)
                .leaderId();
    }

    private static List<String> drawn(long seed) {
        FaultRates rates = FaultRates.rough();
        FaultDraw draw = new FaultDraw(seed, rates, new ReentrantLock());
        List<String> drawn = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            RandomFault fault = draw.draw(i % 2 == 0);
            drawn.add(fault == null ? "" : fault.name());
        }
        return drawn;
    }

    private static void send(KafkaProducer<String, String> producer, int number, boolean inTransaction)
            throws Exception {
        if (inTransaction) {
            producer.beginTransaction();
        }
        Future<RecordMetadata> sent = producer.send(new ProducerRecord<>("t", "v" + number));
        if (inTransaction) {
            producer.commitTransaction();
        }
        sent.get();
    }

    private static Producer<String, String> penstock(FakeCluster cluster) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", cluster.bootstrapServers(),
                "linger.ms", 0,
                "batch.size", 500,
                "request.timeout.ms", 400,
                "delivery.timeout.ms", 60_000,
                "retry.backoff.ms", 5,
                "retry.backoff.max.ms", 20,
                "reconnect.backoff.ms", 5,
                "reconnect.backoff.max.ms", 20,
                "max.block.ms", 60_000);
        StringSerializer text = new StringSerializer();
        return new io.penstock.producer.KafkaProducer<>(settings, text, text);
    }

    private static KafkaProducer<String, String> producer(FakeCluster cluster, boolean transactional) {
        List<Object> settings = new ArrayList<>(List.of(
                "request.timeout.ms", 400, "delivery.timeout.ms", 60_000, "retry.backoff.max.ms", 20, "linger.ms", 0));
        if (transactional) {
            settings.addAll(List.of("transactional.id", "tx"));
        }
        return ApacheProducers.create(cluster, settings.toArray());
    }
}
