package io.penstock.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.errors.BufferExhaustedException;
import io.penstock.errors.KafkaException;
import io.penstock.errors.RecordOutcome;
import io.penstock.errors.TimeoutException;
import io.penstock.producer.Delivery;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.Fault;
import io.penstock.testkit.fake.StoredRecord;
import io.penstock.testkit.fake.TopicOptions;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** sendAsync never blocks: what waits, waits elsewhere, in order, and in the way of nobody. */
@Timeout(180)
class SendAsyncTest {

    private static final Duration PATIENCE = Duration.ofSeconds(SentRecords.PATIENCE_SECONDS);

    @Test
    void withoutMetadata_recordsWaitAndKeepTheirOrder() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            Fault held = cluster.fault(ApiKey.METADATA).always().hold();
            List<Delivery> deliveries = sendMany(producer, "t", 100);
            cluster.awaitRequests(ApiKey.METADATA, 1, PATIENCE);
            assertThat(deliveries).noneMatch(delivery -> delivery.admitted().isDone());

            held.remove();

            awaitDelivered(deliveries);
            assertThat(deliveries).allMatch(delivery -> delivery.admitted().isDone());
            assertValues(cluster, "t", 100);
        }
    }

    @Test
    void withoutMemory_recordsWaitAndKeepTheirOrder() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer =
                        EngineProducers.create(cluster, "buffer.memory", 1_048_576, "batch.size", 16_384)) {
            producer.partitionsFor("t");
            Fault held = cluster.fault(ApiKey.PRODUCE).always().hold();
            List<Delivery> deliveries = new ArrayList<>();
            String padding = "x".repeat(1_000);
            // Until some wait; how many fit before is the memory's affair.
            for (int waiting = 0; waiting < 20; ) {
                Delivery delivery = producer.sendAsync(new ProducerRecord<>("t", 0, "k", deliveries.size() + padding));
                deliveries.add(delivery);
                waiting += delivery.admitted().isDone() ? 0 : 1;
            }

            held.remove();

            awaitDelivered(deliveries);
            assertThat(cluster.records("t", 0))
                    .extracting(StoredRecord::valueText)
                    .containsExactlyElementsOf(IntStream.range(0, deliveries.size())
                            .mapToObj(i -> i + padding)
                            .toList());
        }
    }

    @Test
    void waitingLineThatIsFull_refusesAtOnce_andLosesNothingElse() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer =
                        EngineProducers.create(cluster, "buffer.memory", 65_536, "batch.size", 16_384)) {
            producer.partitionsFor("t");
            Fault held = cluster.fault(ApiKey.PRODUCE).always().hold();
            List<Delivery> deliveries = new ArrayList<>();
            Delivery refused;
            do {
                refused = producer.sendAsync(new ProducerRecord<>("t", 0, "k", deliveries.size() + "x".repeat(1_000)));
                deliveries.add(refused);
            } while (!refused.delivered().isCompletedExceptionally());
            deliveries.remove(refused);

            held.remove();

            awaitDelivered(deliveries);
            KafkaException failure = Failures.of(refused.delivered());
            assertThat(failure).isInstanceOf(BufferExhaustedException.class);
            assertThat(failure.outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN);
            assertThat(cluster.endOffset("t", 0)).isEqualTo(deliveries.size());
        }
    }

    @Test
    void topicThatIsUnknown_holdsUpNoOther() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster, "max.block.ms", 60_000)) {
            List<Delivery> lost = sendMany(producer, "unknown", 10);
            List<Delivery> deliveries = sendMany(producer, "t", 10);

            awaitDelivered(deliveries);

            assertThat(lost).noneMatch(delivery -> delivery.admitted().isDone());
            cluster.createTopic("unknown", 1);
            awaitDelivered(lost);
            assertValues(cluster, "unknown", 10);
        }
    }

    @Test
    void topicThatStaysUnknown_failsAfterMaxBlock() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster, "max.block.ms", 200)) {
            Delivery delivery = producer.sendAsync(new ProducerRecord<>("unknown", "v"));

            KafkaException failure = Failures.of(delivery.delivered());

            assertThat(failure).isInstanceOf(TimeoutException.class).hasMessageContaining("unknown");
            assertThat(failure.outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN);
            assertThat(delivery.admitted()).isCompletedExceptionally();
        }
    }

    @Test
    void topicThatIsMadeOnDemand_getsThemAll() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder()
                        .brokers(2)
                        .autoCreateTopics(TopicOptions.partitions(1))
                        .start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            awaitDelivered(sendMany(producer, "new", 50));

            assertValues(cluster, "new", 50);
        }
    }

    @Test
    void flush_waitsForRecordsThatWaitForTheirTopic() throws Exception {
        // flush() counts what was admitted; a record whose topic has just become known must not slip behind it.
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            List<Delivery> deliveries = sendMany(producer, "t", 50);
            for (Delivery delivery : deliveries) {
                delivery.admitted().get(SentRecords.PATIENCE_SECONDS, TimeUnit.SECONDS);
            }

            producer.flush();

            assertThat(deliveries).allMatch(delivery -> delivery.delivered().isDone());
        }
    }

    private static List<Delivery> sendMany(KafkaProducer<String, String> producer, String topic, int count) {
        List<Delivery> deliveries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            deliveries.add(producer.sendAsync(new ProducerRecord<>(topic, 0, "k", "v" + i)));
        }
        return deliveries;
    }

    private static void awaitDelivered(List<Delivery> deliveries) throws Exception {
        CompletableFuture.allOf(deliveries.stream().map(Delivery::delivered).toArray(CompletableFuture<?>[]::new))
                .get(SentRecords.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void assertValues(FakeCluster cluster, String topic, int count) {
        assertThat(cluster.records(topic, 0))
                .extracting(StoredRecord::valueText)
                .containsExactlyElementsOf(
                        IntStream.range(0, count).mapToObj(i -> "v" + i).toList());
    }
}
