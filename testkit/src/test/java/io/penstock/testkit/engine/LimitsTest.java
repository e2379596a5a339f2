package io.penstock.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.errors.InvalidRecordException;
import io.penstock.errors.KafkaException;
import io.penstock.errors.RecordOutcome;
import io.penstock.errors.RecordTooLargeException;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.SeenRequest;
import io.penstock.testkit.fake.TopicOptions;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What brokers bound: sizes, pace, versions; and acknowledgements that are not asked for. */
@Timeout(180)
class LimitsTest {

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void batchTooLarge_isSplitUntilItFits(String codec) throws Exception {
        TopicOptions small = TopicOptions.partitions(1).withMaxMessageBytes(300);
        try (FakeCluster cluster = FakeCluster.builder().topic("t", small).start();
                KafkaProducer<String, String> producer =
                        EngineProducers.create(cluster, "linger.ms", 20, "compression.type", codec)) {
            SentRecords records = new SentRecords(producer);
            for (int i = 0; i < 200; i++) {
                records.send("t", 0, i % 50);
            }

            records.awaitAll().assertExactlyOnceInOrder(cluster);
        }
    }

    @Test
    void recordWithoutKey_inACompactedTopic_isNamedAmongThoseOfItsBatch() throws Exception {
        TopicOptions compacted = TopicOptions.partitions(1).withCompaction();
        try (FakeCluster cluster = FakeCluster.builder().topic("t", compacted).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster, "linger.ms", 60_000)) {
            CompletableFuture<RecordMetadata> with = producer.send(new ProducerRecord<>("t", "k", "v"));
            CompletableFuture<RecordMetadata> without = producer.send(new ProducerRecord<>("t", "v"));
            producer.flush();

            assertThat(Failures.of(without))
                    .isInstanceOf(InvalidRecordException.class)
                    .hasMessageContaining("has no key")
                    .satisfies(failure -> assertThat(failure.outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN));
            assertThat(Failures.of(with))
                    .hasMessageNotContaining("has no key")
                    .satisfies(failure -> assertThat(failure.outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN));
            CompletableFuture<RecordMetadata> next = producer.send(new ProducerRecord<>("t", "k", "v"));
            producer.flush();
            assertThat(next.get(SentRecords.PATIENCE_SECONDS, TimeUnit.SECONDS).offset())
                    .isZero();
        }
    }

    @Test
    void recordTooLarge_failsAloneAndOnce() throws Exception {
        TopicOptions small = TopicOptions.partitions(1).withMaxMessageBytes(300);
        try (FakeCluster cluster = FakeCluster.builder().topic("t", small).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster, "linger.ms", 20)) {
            SentRecords records = new SentRecords(producer);
            records.sendMany("t", 0, 10);
            CompletableFuture<RecordMetadata> large = records.send("t", 0, 1_000);
            records.sendMany("t", 0, 10);

            KafkaException failure = Failures.of(large);
            records.awaitEnds();

            assertThat(failure).isInstanceOf(RecordTooLargeException.class);
            assertThat(failure.outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN);
            assertThat(cluster.endOffset("t", 0)).isEqualTo(20);
            records.assertAcknowledgedOnceInOrder(cluster);
        }
    }

    @Test
    void throttle_isObeyed() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer =
                        EngineProducers.create(cluster, "max.in.flight.requests.per.connection", 1)) {
            SentRecords records = new SentRecords(producer);
            cluster.fault(ApiKey.PRODUCE).throttle(Duration.ofMillis(300));
            records.send("t", 0).get(SentRecords.PATIENCE_SECONDS, TimeUnit.SECONDS);
            records.send("t", 0).get(SentRecords.PATIENCE_SECONDS, TimeUnit.SECONDS);

            List<SeenRequest> produced = cluster.requests(ApiKey.PRODUCE);
            assertThat(produced.get(1).atNanos() - produced.get(0).atNanos())
                    .isGreaterThan(Duration.ofMillis(300).toNanos());
        }
    }

    @Test
    void maxRequestSize_holdsForRequestsOfManyPartitions() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 50).start();
                KafkaProducer<String, String> producer = EngineProducers.create(
                        cluster, "max.request.size", 4_000, "batch.size", 2_000, "linger.ms", 20)) {
            SentRecords records = new SentRecords(producer);
            for (int i = 0; i < 1_000; i++) {
                records.send("t", i % 50, 40);
            }

            records.awaitAll().assertExactlyOnceInOrder(cluster);
            assertThat(cluster.requests(ApiKey.PRODUCE)).allSatisfy(request -> assertThat(request.batches().stream()
                            .mapToInt(batch -> batch.sizeBytes())
                            .sum())
                    .isLessThanOrEqualTo(4_000));
        }
    }

    @Test
    void acksZero_completesWithoutAnAnswer() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer =
                        EngineProducers.create(cluster, "acks", "0", "enable.idempotence", false)) {
            SentRecords records = new SentRecords(producer);
            records.sendMany("t", 0, 50).awaitAll();

            cluster.await(
                    "50 records",
                    Duration.ofSeconds(SentRecords.PATIENCE_SECONDS),
                    () -> cluster.endOffset("t", 0) == 50);
            records.assertExactlyOnceInOrder(cluster);
        }
    }

    @Test
    void acksZero_whenTheBrokerCutsTheConnection_goesOn() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer =
                        EngineProducers.create(cluster, "acks", "0", "enable.idempotence", false)) {
            SentRecords records = new SentRecords(producer);
            cluster.fault(ApiKey.PRODUCE).dropAfter();
            // Some may be lost with the connection: that is what acks=0 means. The next connection carries the others.
            while (cluster.endOffset("t", 0) < 3) {
                records.send("t", 0).get(SentRecords.PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void producerWithoutIdempotence_hasNoSequences() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster, "enable.idempotence", false)) {
            producer.send(new ProducerRecord<>("t", "v")).get(SentRecords.PATIENCE_SECONDS, TimeUnit.SECONDS);

            assertThat(cluster.records("t", 0).get(0).producerId()).isEqualTo(-1);
            assertThat(cluster.requestCount(ApiKey.INIT_PRODUCER_ID)).isZero();
        }
    }
}
