package io.penstock.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.KafkaException;
import io.penstock.errors.RecordOutcome;
import io.penstock.producer.Delivery;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.Fault;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** flush() and close() under faults. */
@Timeout(180)
class FlushAndCloseTest {

    private static final Duration PATIENCE = Duration.ofSeconds(SentRecords.PATIENCE_SECONDS);

    @Test
    void flush_returnsAfterTheCallbacksOfAllBefore_retriesIncluded() throws Exception {
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(2).topic("t", 4).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster, "linger.ms", 60_000)) {
            cluster.fault(ApiKey.PRODUCE).times(3).dropAfter();
            cluster.fault(ApiKey.PRODUCE).after(3).times(2).error(ErrorCode.NOT_ENOUGH_REPLICAS);
            for (int round = 1; round <= 5; round++) {
                AtomicInteger heard = new AtomicInteger();
                for (int i = 0; i < 100; i++) {
                    producer.send(new ProducerRecord<>("t", i % 4, "k", "v"), (m, e) -> heard.incrementAndGet());
                }

                producer.flush();

                assertThat(heard).hasValue(100);
            }
        }
    }

    @Test
    void close_waitsForWhatIsOnItsWay() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start()) {
            KafkaProducer<String, String> producer = EngineProducers.create(cluster, "linger.ms", 60_000);
            cluster.fault(ApiKey.PRODUCE).times(2).dropAfter();
            SentRecords records = new SentRecords(producer).sendMany("t", 0, 50);

            producer.close();

            records.awaitAll();
            assertThat(cluster.endOffset("t", 0)).isEqualTo(50);
            assertThatThrownBy(() -> records.send("t", 0)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void closeAtOnce_failsWhatIsLeft_sayingWhatIsKnownOfIt() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 2).start()) {
            KafkaProducer<String, String> producer =
                    EngineProducers.create(cluster, "max.in.flight.requests.per.connection", 1);
            Fault held = cluster.fault(ApiKey.PRODUCE).holdAnswer();
            SentRecords records = new SentRecords(producer);
            CompletableFuture<RecordMetadata> inFlight = records.send("t", 0);
            cluster.awaitRequests(ApiKey.PRODUCE, 1, PATIENCE);
            CompletableFuture<RecordMetadata> waiting = records.send("t", 0);

            producer.close(Duration.ZERO);

            assertThat(Failures.of(inFlight).outcome()).isEqualTo(RecordOutcome.UNKNOWN);
            assertThat(Failures.of(waiting).outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN);
            held.release();
        }
    }

    @Test
    void closeWithLittleTime_givesUpAfterIt() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start()) {
            KafkaProducer<String, String> producer =
                    EngineProducers.create(cluster, "retry.backoff.ms", 60_000, "retry.backoff.max.ms", 60_000);
            cluster.fault(ApiKey.PRODUCE).always().error(ErrorCode.NOT_ENOUGH_REPLICAS);
            CompletableFuture<RecordMetadata> future = new SentRecords(producer).send("t", 0);
            awaitRetry(producer); // an attempt on its way at the end might have been written

            producer.close(Duration.ofMillis(100));

            assertThat(Failures.of(future).outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN);
        }
    }

    private static void awaitRetry(KafkaProducer<String, String> producer) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (producer.metrics().entrySet().stream()
                .filter(each -> each.getKey().group().equals("producer-metrics"))
                .noneMatch(each -> each.getKey().name().equals("record-retry-total")
                        && (double) each.getValue().metricValue() > 0)) {
            assertThat(System.nanoTime() - deadline).as("time for an answer").isNegative();
            Thread.sleep(5);
        }
    }

    @Test
    void close_fromACallback_doesNotHang() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start()) {
            KafkaProducer<String, String> producer = EngineProducers.create(cluster);
            CountDownLatch closed = new CountDownLatch(1);

            producer.send(new ProducerRecord<>("t", "v"), (metadata, exception) -> {
                producer.close();
                closed.countDown();
            });

            assertThat(closed.await(SentRecords.PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            producer.close();
        }
    }

    /** Another thread's close, after one from within a callback, finds nothing left to happen when it returns. */
    @Test
    void close_afterOneFromACallback_waitsForThatCallbackAndAllThatFollow() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 2).start()) {
            KafkaProducer<String, String> producer = EngineProducers.create(cluster);
            CompletableFuture<RecordMetadata> unanswered = new CompletableFuture<>();
            CompletableFuture<Boolean> doneWhenClosed = new CompletableFuture<>();
            Thread other = new Thread(() -> {
                producer.close();
                doneWhenClosed.complete(unanswered.isDone());
            });
            Fault held = cluster.fault(ApiKey.PRODUCE).after(1).always().holdAnswer();
            producer.send(new ProducerRecord<>("t", 0, "k", "v"), (metadata, exception) -> {
                producer.send(new ProducerRecord<>("t", 1, "k", "v"), (m, e) -> unanswered.complete(m));
                producer.close();
                other.start();
                awaitBlockedOrEnded(other);
            });

            assertThat(doneWhenClosed.get(SentRecords.PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            held.release();
        }
    }

    private static void awaitBlockedOrEnded(Thread other) {
        while (!Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED)
                .contains(other.getState())) {
            Thread.onSpinWait();
        }
    }

    @Test
    void close_endsRecordsThatStillWaitForTheirTopic() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start()) {
            KafkaProducer<String, String> producer = EngineProducers.create(cluster);
            Fault held = cluster.fault(ApiKey.METADATA).always().hold();
            Delivery delivery = producer.sendAsync(new ProducerRecord<>("t", "v"));

            producer.close(Duration.ofMillis(200));

            KafkaException failure = Failures.of(delivery.delivered());
            assertThat(failure.outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN);
            assertThat(delivery.admitted()).isCompletedExceptionally();
            held.release();
        }
    }

    @Test
    void callbackThatThrows_harmsNothing() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster)) {
            for (int i = 0; i < 10; i++) {
                producer.send(new ProducerRecord<>("t", "v"), (metadata, exception) -> {
                    throw new IllegalStateException("the user's own");
                });
            }
            producer.flush();

            assertThat(cluster.endOffset("t", 0)).isEqualTo(10);
        }
    }
}
