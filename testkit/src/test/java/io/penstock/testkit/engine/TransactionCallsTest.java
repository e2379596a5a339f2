package io.penstock.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.errors.InterruptException;
import io.penstock.errors.TimeoutException;
import io.penstock.errors.TopicAuthorizationException;
import io.penstock.producer.ConsumerGroupMetadata;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.OffsetAndMetadata;
import io.penstock.producer.PreparedTxnState;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.TopicPartition;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.Fault;
import io.penstock.testkit.fake.Isolation;
import io.penstock.testkit.fake.StoredRecord;
import io.penstock.testkit.fake.TransactionState;
import io.penstock.testkit.fake.TwoPhaseCommit;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The calls as a user makes them: every one in every state that lasts, and again after a timeout or an interrupt. */
@Timeout(180)
class TransactionCallsTest {

    private static final Map<TopicPartition, OffsetAndMetadata> OFFSETS =
            Map.of(new TopicPartition("t", 0), new OffsetAndMetadata(1));
    private static final ConsumerGroupMetadata GROUP = new ConsumerGroupMetadata("g");

    private final FakeCluster cluster = FakeCluster.builder()
            .topic("t", 1)
            .twoPhaseCommit(TwoPhaseCommit.FULL)
            .start();

    @AfterEach
    void stop() {
        cluster.close();
    }

    /** By the name under which its exception speaks of it. */
    enum Call {
        INIT("initTransactions()", KafkaProducer::initTransactions),
        INIT_KEEPING("initTransactions()", producer -> producer.initTransactions(true)),
        INIT_ASYNC("initTransactions()", KafkaProducer::initTransactionsAsync),
        BEGIN("beginTransaction()", KafkaProducer::beginTransaction),
        IN_TRANSACTION("beginTransaction()", producer -> producer.inTransaction(tx -> {})),
        CALL_IN_TRANSACTION("beginTransaction()", producer -> producer.callInTransaction(2, tx -> 1)),
        SEND("send()", TransactionCallsTest::send),
        SEND_ASYNC("send()", producer -> producer.sendAsync(new ProducerRecord<>("t", "v"))),
        OFFSETS(
                "sendOffsetsToTransaction()",
                producer -> producer.sendOffsetsToTransaction(TransactionCallsTest.OFFSETS, GROUP)),
        NO_OFFSETS("sendOffsetsToTransaction()", producer -> producer.sendOffsetsToTransaction(Map.of(), GROUP)),
        OFFSETS_ASYNC(
                "sendOffsetsToTransaction()",
                producer -> producer.sendOffsetsToTransactionAsync(TransactionCallsTest.OFFSETS, GROUP)),
        PREPARE("prepareTransaction()", KafkaProducer::prepareTransaction),
        COMPLETE("completeTransaction()", producer -> producer.completeTransaction(new PreparedTxnState("1:1"))),
        COMMIT("commitTransaction()", KafkaProducer::commitTransaction),
        COMMIT_ASYNC("commitTransaction()", KafkaProducer::commitTransactionAsync),
        ABORT("abortTransaction()", KafkaProducer::abortTransaction),
        ABORT_ASYNC("abortTransaction()", KafkaProducer::abortTransactionAsync);

        final String name;
        final Consumer<KafkaProducer<String, String>> make;

        Call(String name, Consumer<KafkaProducer<String, String>> make) {
            this.name = name;
            this.make = make;
        }
    }

    private static void send(KafkaProducer<String, String> producer) {
        producer.send(new ProducerRecord<>("t", "v"));
    }

    /** States that last until the user does something, how one gets there, and what has no place there. */
    enum Place {
        UNINITIALIZED(EnumSet.range(Call.BEGIN, Call.ABORT_ASYNC)),
        READY(EnumSet.complementOf(EnumSet.of(Call.BEGIN, Call.IN_TRANSACTION, Call.CALL_IN_TRANSACTION))),
        IN_TRANSACTION(EnumSet.of(
                Call.INIT,
                Call.INIT_KEEPING,
                Call.INIT_ASYNC,
                Call.BEGIN,
                Call.IN_TRANSACTION,
                Call.CALL_IN_TRANSACTION,
                Call.COMPLETE)),
        PREPARED(EnumSet.range(Call.INIT, Call.PREPARE)),
        ABORTABLE_ERROR(EnumSet.range(Call.INIT, Call.COMMIT_ASYNC)),
        FATAL_ERROR(EnumSet.allOf(Call.class));

        final Set<Call> misplaced;

        Place(Set<Call> misplaced) {
            this.misplaced = misplaced;
        }
    }

    private KafkaProducer<String, String> producer(Object... settings) {
        return EngineProducers.twoPhase(cluster, settings);
    }

    private KafkaProducer<String, String> producerIn(Place place) {
        KafkaProducer<String, String> producer = producer();
        if (place == Place.UNINITIALIZED) {
            return producer;
        }
        producer.initTransactions();
        if (place == Place.READY) {
            return producer;
        }
        producer.beginTransaction();
        switch (place) {
            case PREPARED -> producer.prepareTransaction();
            case ABORTABLE_ERROR -> fail(producer, ErrorCode.TOPIC_AUTHORIZATION_FAILED);
            case FATAL_ERROR -> fail(producer, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
            default -> {}
        }
        return producer;
    }

    private void fail(KafkaProducer<String, String> producer, ErrorCode error) {
        cluster.fault(ApiKey.PRODUCE).error(error);
        send(producer);
        assertThat(catchThrowable(producer::commitTransaction)).hasMessageContaining(error.name());
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void call_whereItHasNoPlace_namesStateAndCall_andWhatToCallInstead(Place place) {
        try (var producer = producerIn(place)) {
            for (Call call : place.misplaced) {
                Throwable thrown = catchThrowable(() -> call.make.accept(producer));
                assertThat(thrown)
                        .as(call + " in " + place)
                        .isNotNull()
                        .hasMessageContaining(call.name)
                        .hasMessageContaining(place.name())
                        .hasMessageMatching("(?s).*(call \\w+Transactions?\\(|end it with|close it).*");
                if (place.ordinal() < Place.ABORTABLE_ERROR.ordinal()) {
                    assertThat(thrown).isExactlyInstanceOf(IllegalStateException.class);
                } else {
                    assertThat(thrown).hasMessageContaining("AUTHORIZATION_FAILED");
                }
                if (place == Place.ABORTABLE_ERROR
                        && EnumSet.range(Call.SEND, Call.COMMIT_ASYNC).contains(call)) {
                    assertThat(thrown).isInstanceOf(TopicAuthorizationException.class);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void call_ofAProducerWithoutId_saysSo(Call call) {
        if (call == Call.SEND || call == Call.SEND_ASYNC) {
            return; // has its place without
        }
        try (var producer = EngineProducers.create(cluster)) {
            assertThatThrownBy(() -> call.make.accept(producer))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("transactional.id");
        }
    }

    /** Whether close() aborts the transaction first depends on its time; what the calls say does not. */
    @ParameterizedTest
    @EnumSource(names = {"UNINITIALIZED", "READY", "IN_TRANSACTION"})
    void calls_ofAClosedProducer_sayThatItIsClosed(Place place) {
        for (Duration timeout : List.of(Duration.ofSeconds(30), Duration.ZERO)) {
            var producer = producerIn(place);
            producer.close(timeout);
            for (Call call : Call.values()) {
                assertThatThrownBy(() -> call.make.accept(producer))
                        .as(call + " after close(" + timeout + ")")
                        .hasMessageContaining("closed");
            }
        }
    }

    /** Each blocking call gives up twice, is interrupted once, and is then heard to its end. */
    @ParameterizedTest
    @EnumSource(names = {"INIT", "COMMIT", "ABORT"})
    void blockingCall_madeAgainAfterTimeoutsAndAnInterrupt_isCarriedOutOnce(Call call) {
        try (var producer = producer("max.block.ms", 150)) {
            ApiKey key = call == Call.INIT ? ApiKey.INIT_PRODUCER_ID : ApiKey.END_TXN;
            EngineProducers.patiently(() -> producer.partitionsFor("t"));
            if (call != Call.INIT) {
                EngineProducers.patiently(producer::initTransactions);
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("t", "v")).join();
            }
            Fault held = cluster.fault(key).hold();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> call.make.accept(producer))
                        .isInstanceOf(TimeoutException.class)
                        .hasMessageContaining(call.name)
                        .hasMessageContaining("call it again");
            }
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> call.make.accept(producer))
                    .isInstanceOf(InterruptException.class)
                    .hasMessageContaining(call.name)
                    .hasMessageContaining("call it again");
            assertThat(Thread.interrupted()).isTrue();
            cluster.awaitRequests(key, 1, Duration.ofSeconds(60));
            held.release();
            cluster.await("its end", Duration.ofSeconds(60), () -> isOver(call));
            EngineProducers.patiently(() -> call.make.accept(producer));
            assertThat(cluster.requestCount(key)).isEqualTo(1);
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("t", "next"));
            EngineProducers.patiently(producer::commitTransaction);
        }
        List<String> committed = cluster.records("t", Isolation.READ_COMMITTED).stream()
                .map(StoredRecord::valueText)
                .toList();
        assertThat(committed).isEqualTo(call == Call.COMMIT ? List.of("v", "next") : List.of("next"));
    }

    private boolean isOver(Call call) {
        return switch (call) {
            case INIT -> cluster.transactions().find("tx").isPresent();
            case COMMIT -> cluster.transactions().state("tx") == TransactionState.COMPLETE_COMMIT;
            default -> cluster.transactions().state("tx") == TransactionState.COMPLETE_ABORT;
        };
    }
}
