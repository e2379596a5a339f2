package io.penstock.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.errors.InterruptException;
import io.penstock.errors.KafkaException;
import io.penstock.errors.ProducerFencedException;
import io.penstock.errors.TimeoutException;
import io.penstock.errors.TransactionAbortableException;
import io.penstock.producer.ConsumerGroupMetadata;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.OffsetAndMetadata;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import io.penstock.producer.TopicPartition;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.Fault;
import io.penstock.testkit.fake.Isolation;
import io.penstock.testkit.fake.StoredRecord;
import io.penstock.testkit.fake.TransactionState;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code inTransaction}: what it runs again, how often, and that it leaves nothing open whatever is thrown. */
@Timeout(180)
class ScopedTransactionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MAX_BLOCK = "max.block.ms";

    private final FakeCluster cluster =
            FakeCluster.builder().brokers(2).topic("t", 2).start();

    @AfterEach
    void stop() {
        cluster.close();
    }

    private KafkaProducer<String, String> producer(Object... settings) {
        KafkaProducer<String, String> producer = EngineProducers.create(cluster, with(settings));
        EngineProducers.patiently(producer::initTransactions);
        EngineProducers.patiently(() -> producer.partitionsFor("t"));
        return producer;
    }

    private static Object[] with(Object... settings) {
        Object[] all = java.util.Arrays.copyOf(settings, settings.length + 2);
        all[settings.length] = "transactional.id";
        all[settings.length + 1] = "tx";
        return all;
    }

    private static ProducerRecord<String, String> record(String value) {
        return new ProducerRecord<>("t", 0, null, value);
    }

    private List<String> committed() {
        return cluster.records("t", Isolation.READ_COMMITTED).stream()
                .map(StoredRecord::valueText)
                .toList();
    }

    private void awaitEnd(TransactionState state) {
        cluster.await(
                "the end of the transaction",
                PATIENCE,
                () -> cluster.transactions().state("tx") == state);
    }

    /** Prevents: overloads between which the compiler could not choose for lambdas without a cast. */
    @Test
    void lambdas_ofEveryForm_compile() throws Exception {
        try (var producer = producer()) {
            producer.inTransaction(tx -> tx.send(record("1")));
            producer.inTransaction(tx -> {
                tx.send(record("2"));
                tx.sendOffsets(
                        Map.of(new TopicPartition("t", 0), new OffsetAndMetadata(7)), new ConsumerGroupMetadata("g"));
            });
            producer.inTransaction(tx -> {});
            producer.inTransaction(2, tx -> tx.send(record("3")).get());
            Future<RecordMetadata> sent = producer.callInTransaction(tx -> tx.send(record("4")));
            int count = producer.callInTransaction(3, tx -> {
                tx.send(record("5"));
                return 5;
            });
            String none = producer.callInTransaction(tx -> null);
            assertThatThrownBy(() -> producer.inTransaction(tx -> {
                        throw new IOException("of the block's own");
                    }))
                    .isInstanceOf(IOException.class);
            assertThat(sent.get().offset()).isPositive();
            assertThat(count).isEqualTo(5);
            assertThat(none).isNull();
        }
        assertThat(committed()).containsExactly("1", "2", "3", "4", "5");
        assertThat(cluster.groups().committed("g", "t", 0)).isEqualTo(7);
    }

    @Test
    void failureThatMayPass_isTriedAgain_noMoreOftenThanAllowed() {
        try (var producer = producer()) {
            AtomicInteger runs = new AtomicInteger();
            cluster.fault(ApiKey.PRODUCE).times(2).error(ErrorCode.TRANSACTION_ABORTABLE);
            producer.inTransaction(3, tx -> tx.send(record("run " + runs.incrementAndGet())));
            assertThat(runs).hasValue(3);

            runs.set(0);
            Fault always = cluster.fault(ApiKey.PRODUCE).always().error(ErrorCode.TRANSACTION_ABORTABLE);
            assertThatThrownBy(() -> producer.inTransaction(4, tx -> {
                        runs.incrementAndGet();
                        tx.send(record("never")).get();
                    }))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TransactionAbortableException.class);
            assertThat(runs).hasValue(4);
            always.remove();

            runs.set(0);
            cluster.fault(ApiKey.PRODUCE).error(ErrorCode.TRANSACTION_ABORTABLE);
            assertThatThrownBy(() -> producer.inTransaction(tx -> tx.send(record("once " + runs.incrementAndGet()))))
                    .isInstanceOf(TransactionAbortableException.class);
            assertThat(runs).as("not again unless asked for").hasValue(1);
            assertThatThrownBy(() -> producer.inTransaction(0, tx -> {})).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(committed()).containsExactly("run 3");
    }

    @Test
    void failureThatWillNotPass_isNotTriedAgain() {
        try (var producer = producer("max.request.size", 2_000)) {
            AtomicInteger runs = new AtomicInteger();
            assertThatThrownBy(() -> producer.inTransaction(5, tx -> {
                        runs.incrementAndGet();
                        tx.send(record("x".repeat(3_000)));
                    }))
                    .hasMessageContaining("max.request.size");
            assertThat(runs).hasValue(1);
            cluster.fault(ApiKey.END_TXN).error(ErrorCode.PRODUCER_FENCED);
            assertThatThrownBy(() -> producer.inTransaction(5, tx -> {
                        runs.incrementAndGet();
                        tx.send(record("y"));
                    }))
                    .isInstanceOf(ProducerFencedException.class);
            assertThat(runs).hasValue(2);
            assertThatThrownBy(() -> producer.inTransaction(tx -> {}))
                    .isInstanceOf(ProducerFencedException.class)
                    .hasMessageContaining("FATAL_ERROR");
        }
    }

    @Test
    void whateverTheBlockThrows_isThrownOn_andNothingStaysOpen() {
        try (var producer = producer()) {
            List<Throwable> thrown = List.of(
                    new OutOfMemoryError("pretended"),
                    new InterruptedException("pretended"),
                    new IOException("pretended"),
                    new IllegalStateException("pretended"),
                    new StackOverflowError());
            for (Throwable each : thrown) {
                assertThatThrownBy(() -> producer.inTransaction(3, tx -> {
                            tx.send(record("never")).get();
                            throwAny(each);
                        }))
                        .isSameAs(each);
                assertThat(each.getSuppressed()).isEmpty();
                awaitEnd(TransactionState.COMPLETE_ABORT);
            }
            producer.inTransaction(tx -> tx.send(record("kept")));
        }
        assertThat(committed()).containsExactly("kept");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwAny(Throwable what) throws T {
        throw (T) what;
    }

    @Test
    void interruptedThread_leavesNothingOpen() {
        try (var producer = producer()) {
            Fault held = cluster.fault(ApiKey.END_TXN).hold(); // a commit that is over is not interrupted
            Throwable thrown = catchThrowable(() -> producer.inTransaction(tx -> {
                tx.send(record("never")).get();
                Thread.currentThread().interrupt();
            }));
            assertThat(Thread.interrupted()).as("the flag is still up").isTrue();
            assertThat(thrown).isInstanceOf(InterruptException.class);
            held.release();
            // The commit went on; the next block waits for it.
            producer.inTransaction(tx -> tx.send(record("next")));
            assertThatThrownBy(() -> producer.inTransaction(tx -> {
                        tx.send(record("aborted")).get();
                        Thread.currentThread().interrupt();
                        throw new IllegalStateException("of the block's own");
                    }))
                    .hasMessage("of the block's own");
            assertThat(Thread.interrupted()).isTrue();
            awaitEnd(TransactionState.COMPLETE_ABORT);
            producer.inTransaction(tx -> tx.send(record("last")));
        }
        assertThat(committed()).containsExactly("never", "next", "last");
    }

    /** A block that may wait for the end of the one before it, whose commit may outlast max.block.ms where the machine is slow. */
    private static void next(KafkaProducer<String, String> producer) {
        AtomicBoolean hasRun = new AtomicBoolean();
        EngineProducers.patiently(() -> {
            if (hasRun.get()) {
                producer.commitTransaction();
            } else {
                producer.inTransaction(tx -> {
                    hasRun.set(true);
                    tx.send(record("next"));
                });
            }
        });
    }

    /** The request is there, and the answer is not. */
    private void awaitHeld() {
        cluster.awaitRequests(ApiKey.END_TXN, 1, PATIENCE);
    }

    /** Prevents: a commit that took longer than max.block.ms made the next call throw an IllegalStateException. */
    @Test
    void commitThatOutlastsMaxBlock_isWaitedForByTheNextBlock() {
        try (var producer = producer(MAX_BLOCK, 300)) {
            Fault held = cluster.fault(ApiKey.END_TXN).hold();
            AtomicInteger runs = new AtomicInteger();
            assertThatThrownBy(() -> producer.inTransaction(5, tx -> {
                        runs.incrementAndGet();
                        tx.send(record("late"));
                    }))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("still under way");
            assertThat(runs).as("its outcome is not known").hasValue(1);
            assertThatThrownBy(() -> producer.inTransaction(tx -> runs.incrementAndGet()))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("commitTransaction()");
            assertThat(runs).hasValue(1);
            awaitHeld();
            held.release();
            next(producer);
        }
        assertThat(committed()).containsExactly("late", "next");
    }

    /** The same, when nobody asks before it is over; and commitTransaction tells how it came out. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void commitThatOutlastsMaxBlock_canBeAskedFor(boolean asks) {
        try (var producer = producer(MAX_BLOCK, 300)) {
            Fault held = cluster.fault(ApiKey.END_TXN).hold();
            assertThatThrownBy(() -> producer.inTransaction(tx -> tx.send(record("late"))))
                    .isInstanceOf(TimeoutException.class);
            awaitHeld();
            held.release();
            awaitEnd(TransactionState.COMPLETE_COMMIT);
            if (asks) {
                EngineProducers.patiently(producer::commitTransaction);
            }
            next(producer);
        }
        assertThat(committed()).containsExactly("late", "next");
    }

    @Test
    void commitThatFailsAfterMaxBlock_isAbortedByItself() {
        try (var producer = producer(MAX_BLOCK, 300)) {
            cluster.fault(ApiKey.END_TXN).error(ErrorCode.TRANSACTION_ABORTABLE);
            Fault held = cluster.fault(ApiKey.END_TXN).hold();
            assertThatThrownBy(() -> producer.inTransaction(tx -> tx.send(record("never"))))
                    .isInstanceOf(TimeoutException.class);
            awaitHeld();
            held.release();
            awaitEnd(TransactionState.COMPLETE_ABORT);
            next(producer);
        }
        assertThat(committed()).containsExactly("next");
    }

    @Test
    void abortThatOutlastsMaxBlock_isSuppressed_andWaitedForByTheNextBlock() {
        try (var producer = producer(MAX_BLOCK, 300)) {
            Fault held = cluster.fault(ApiKey.END_TXN).hold();
            IOException own = new IOException("of the block's own");
            assertThatThrownBy(() -> producer.inTransaction(tx -> {
                        tx.send(record("never")).get();
                        throw own;
                    }))
                    .isSameAs(own);
            assertThat(own.getSuppressed()).hasSize(1).hasOnlyElementsOfType(TimeoutException.class);
            awaitHeld();
            held.release();
            next(producer);
        }
        assertThat(committed()).containsExactly("next");
    }

    @Test
    void blockInsideABlock_isRefused_andTheOuterOneAborted() {
        try (var producer = producer()) {
            assertThatThrownBy(() -> producer.inTransaction(tx -> {
                        tx.send(record("outer"));
                        producer.inTransaction(inner -> inner.send(record("inner")));
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("beginTransaction()")
                    .hasMessageContaining("IN_TRANSACTION");
            producer.inTransaction(tx -> tx.send(record("next")));
        }
        assertThat(committed()).containsExactly("next");
    }

    @Test
    void blockThatFailsByItsRecords_throwsWhatTheyFailedOf() {
        try (var producer = producer()) {
            cluster.fault(ApiKey.PRODUCE).error(ErrorCode.TOPIC_AUTHORIZATION_FAILED);
            assertThatThrownBy(() -> producer.inTransaction(tx -> tx.send(record("never"))))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("TOPIC_AUTHORIZATION_FAILED");
            producer.inTransaction(tx -> tx.send(record("next")));
        }
        assertThat(committed()).containsExactly("next");
    }
}
