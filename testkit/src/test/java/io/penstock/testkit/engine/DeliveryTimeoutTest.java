package io.penstock.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.errors.KafkaException;
import io.penstock.errors.RecordOutcome;
import io.penstock.errors.TimeoutException;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.RecordMetadata;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.Fault;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What delivery.timeout.ms ends, and what is then said of the record. */
@Timeout(180)
class DeliveryTimeoutTest {

    private static final Duration PATIENCE = Duration.ofSeconds(SentRecords.PATIENCE_SECONDS);
    private static final Object[] SHORT = {"delivery.timeout.ms", 600, "request.timeout.ms", 200};

    @Test
    void noAnswer_afterTheAppend_isUnknown() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster, SHORT)) {
            cluster.fault(ApiKey.PRODUCE).always().neverAnswerAfter();

            KafkaException failure = failureOfOneThatLeft(new SentRecords(producer));

            assertThat(failure).isInstanceOf(TimeoutException.class).hasMessageContaining("t-0");
            cluster.await("the append", PATIENCE, () -> cluster.endOffset("t", 0) > 0);
        }
    }

    @Test
    void noAnswer_whenTheBrokerNeverLooked_isUnknownToo() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster, SHORT)) {
            cluster.fault(ApiKey.PRODUCE).always().neverAnswer();

            assertThat(failureOfOneThatLeft(new SentRecords(producer))).isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void everyAttemptRefused_isNotWritten() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(
                        cluster,
                        "delivery.timeout.ms",
                        600,
                        "request.timeout.ms",
                        600,
                        // One attempt, so that the time is over while none is on its way, which might have been
                        // written.
                        "retry.backoff.ms",
                        60_000,
                        "retry.backoff.max.ms",
                        60_000)) {
            cluster.fault(ApiKey.PRODUCE).always().error(ErrorCode.NOT_ENOUGH_REPLICAS);
            SentRecords records = new SentRecords(producer);

            KafkaException failure;
            do { // where the machine is slow, the time is over before the answer has come
                failure = Failures.of(records.send("t", 0));
                assertThat(failure).isInstanceOf(TimeoutException.class);
            } while (!failure.getMessage().contains("NOT_ENOUGH_REPLICAS"));

            assertThat(failure.outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN);
            assertThat(cluster.endOffset("t", 0)).isZero();
        }
    }

    @Test
    void leaderThatIsGone_isNotWritten() throws Exception {
        try (FakeCluster cluster =
                        FakeCluster.builder().brokers(2).topic("t", 2).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster, SHORT)) {
            producer.partitionsFor("t");
            cluster.crashBroker(1);
            SentRecords records = new SentRecords(producer);

            KafkaException failure = Failures.of(records.send("t", 0));
            if (failure.outcome() == RecordOutcome.UNKNOWN) {
                // It left on a connection of whose end the producer was yet to hear; the next one cannot.
                failure = Failures.of(records.send("t", 0));
            }

            assertThat(failure).isInstanceOf(TimeoutException.class);
            assertThat(failure.outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN);
        }
    }

    @Test
    void partitionWithoutLeader_isNotWritten_andSaysSo() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster, SHORT)) {
            cluster.removeLeader("t", 0);

            KafkaException failure = Failures.of(new SentRecords(producer).send("t", 0));

            assertThat(failure).isInstanceOf(TimeoutException.class).hasMessageContaining("leader");
            assertThat(failure.outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN);
        }
    }

    @Test
    void whatFollowsAnUnknownOutcome_isWrittenOnceAndInOrder() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster, SHORT)) {
            SentRecords records = new SentRecords(producer);
            sendUntilOneIsWritten(records);
            Fault silence = cluster.fault(ApiKey.PRODUCE).always().neverAnswer();
            failureOfOneThatLeft(records);
            silence.remove();

            sendUntilOneIsWritten(records);

            records.assertAcknowledgedOnceInOrder(cluster);
        }
    }

    @Test
    void attemptThatABrokerCarriesOutAfterItWasGivenUp_isRefusedOrTheOnlyOne() throws Exception {
        // Prevents KAFKA-14034: an attempt of a batch given up lies in the broker's queue, and is appended between or
        // after
        // what follows it.
        for (int attempt = 0; attempt < 2; attempt++) {
            try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                    // Long enough for the attempts that are meant, of 200 ms each.
                    KafkaProducer<String, String> producer =
                            EngineProducers.create(cluster, "delivery.timeout.ms", 2_000, "request.timeout.ms", 200)) {
                SentRecords records = new SentRecords(producer);
                sendUntilOneIsWritten(records);
                Fault late = cluster.fault(ApiKey.PRODUCE).after(attempt).hold();
                if (attempt > 0) {
                    cluster.fault(ApiKey.PRODUCE).times(attempt).neverAnswer();
                }
                Fault silence = cluster.fault(ApiKey.PRODUCE)
                        .after(attempt + 1)
                        .always()
                        .neverAnswer();
                Failures.of(records.send("t", 0));
                silence.remove();
                assertThat(late.hitCount()).isEqualTo(1);

                sendUntilOneIsWritten(records);
                late.release();
                sendUntilOneIsWritten(records);

                records.assertAcknowledgedOnceInOrder(cluster);
            }
        }
    }

    /** Where the machine is slow, a record's time may be over before it leaves, which is another story. */
    private static KafkaException failureOfOneThatLeft(SentRecords records) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        KafkaException failure;
        do {
            failure = Failures.of(records.send("t", 0));
        } while (failure.outcome() == RecordOutcome.NOT_WRITTEN && System.nanoTime() - deadline < 0);
        assertThat(failure.outcome()).isEqualTo(RecordOutcome.UNKNOWN);
        return failure;
    }

    /** Those that follow a lost one may fail too, until its connection is gone; they must not be doubled. */
    private static void sendUntilOneIsWritten(SentRecords records) throws Exception {
        CompletableFuture<RecordMetadata> next;
        do {
            next = records.send("t", 0);
            next.handle((metadata, exception) -> metadata).get(SentRecords.PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next.isCompletedExceptionally()) {
                assertThat(Failures.of(next)).isInstanceOf(TimeoutException.class);
            }
        } while (next.isCompletedExceptionally());
    }

    @Test
    void retriesUsedUp_failsWithTheLastCause() throws Exception {
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 1).start();
                KafkaProducer<String, String> producer = EngineProducers.create(cluster, "retries", 2)) {
            Fault fault = cluster.fault(ApiKey.PRODUCE).always().error(ErrorCode.NOT_ENOUGH_REPLICAS);

            KafkaException failure = Failures.of(new SentRecords(producer).send("t", 0));

            assertThat(failure.getClass().getSimpleName()).isEqualTo("NotEnoughReplicasException");
            assertThat(fault.hitCount()).isEqualTo(3);
        }
    }
}
