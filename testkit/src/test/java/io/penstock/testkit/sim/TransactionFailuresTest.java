package io.penstock.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.errors.GroupAuthorizationException;
import io.penstock.errors.KafkaException;
import io.penstock.internal.transaction.TransactionState;
import io.penstock.testkit.fake.Isolation;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures that a transaction does not survive: who is told what, and whether an abort makes the producer fit again. */
@Timeout(180)
class TransactionFailuresTest {

    // ---- abortable: the transaction is lost, the producer is not

    @ParameterizedTest
    @CsvSource({
        "1, ADD_PARTITIONS_TO_TXN, TOPIC_AUTHORIZATION_FAILED",
        "1, ADD_PARTITIONS_TO_TXN, TRANSACTION_ABORTABLE",
        "1, ADD_PARTITIONS_TO_TXN, INVALID_PRODUCER_EPOCH",
        "1, ADD_PARTITIONS_TO_TXN, INVALID_PRODUCER_ID_MAPPING",
        "1, ADD_PARTITIONS_TO_TXN, UNKNOWN_PRODUCER_ID",
        "1, ADD_OFFSETS_TO_TXN, GROUP_AUTHORIZATION_FAILED",
        "1, ADD_OFFSETS_TO_TXN, TRANSACTION_ABORTABLE",
        "1, ADD_OFFSETS_TO_TXN, INVALID_PRODUCER_EPOCH",
        "1, ADD_OFFSETS_TO_TXN, INVALID_PRODUCER_ID_MAPPING",
        "1, TXN_OFFSET_COMMIT, GROUP_AUTHORIZATION_FAILED",
        "1, TXN_OFFSET_COMMIT, TOPIC_AUTHORIZATION_FAILED",
        "1, TXN_OFFSET_COMMIT, ILLEGAL_GENERATION",
        "1, TXN_OFFSET_COMMIT, UNKNOWN_MEMBER_ID",
        "1, TXN_OFFSET_COMMIT, FENCED_INSTANCE_ID",
        "1, TXN_OFFSET_COMMIT, STALE_MEMBER_EPOCH",
        "1, TXN_OFFSET_COMMIT, OFFSET_METADATA_TOO_LARGE",
        "1, TXN_OFFSET_COMMIT, INVALID_PRODUCER_EPOCH",
        "1, END_TXN, TRANSACTION_ABORTABLE",
        "1, END_TXN, INVALID_PRODUCER_EPOCH",
        "1, END_TXN, INVALID_TXN_STATE",
        "1, PRODUCE, TOPIC_AUTHORIZATION_FAILED",
        "1, PRODUCE, INVALID_RECORD",
        "1, PRODUCE, INVALID_PRODUCER_EPOCH",
        "1, PRODUCE, UNKNOWN_PRODUCER_ID",
        "1, PRODUCE, OUT_OF_ORDER_SEQUENCE_NUMBER",
        "1, PRODUCE, INVALID_TXN_STATE",
        "1, PRODUCE, TRANSACTION_ABORTABLE",
        "2, TXN_OFFSET_COMMIT, GROUP_AUTHORIZATION_FAILED",
        "2, TXN_OFFSET_COMMIT, TOPIC_AUTHORIZATION_FAILED",
        "2, TXN_OFFSET_COMMIT, ILLEGAL_GENERATION",
        "2, TXN_OFFSET_COMMIT, UNKNOWN_MEMBER_ID",
        "2, TXN_OFFSET_COMMIT, TRANSACTION_ABORTABLE",
        "2, TXN_OFFSET_COMMIT, INVALID_PRODUCER_EPOCH",
        "2, END_TXN, TRANSACTION_ABORTABLE",
        "2, END_TXN, INVALID_PRODUCER_EPOCH",
        "2, END_TXN, INVALID_TXN_STATE",
        "2, PRODUCE, TOPIC_AUTHORIZATION_FAILED",
        "2, PRODUCE, INVALID_RECORD",
        "2, PRODUCE, INVALID_PRODUCER_EPOCH",
        "2, PRODUCE, UNKNOWN_PRODUCER_ID",
        "2, PRODUCE, OUT_OF_ORDER_SEQUENCE_NUMBER",
        "2, PRODUCE, INVALID_TXN_STATE",
        "2, PRODUCE, TRANSACTION_ABORTABLE"
    })
    void refusal_ofOneTransaction_isToldToAllLaterCalls_andAbortRestores(int version, ApiKey api, ErrorCode error) {
        VirtualProducer producer = initialized(version);
        // Once could be a passing doubt of a sequence; the producer tries those a few times.
        producer.cluster().fault(api).times(api == ApiKey.PRODUCE ? 20 : 1).error(error);
        fullTransactionFails(producer, error);

        assertThat(producer.desk().state()).isEqualTo(TransactionState.ABORTABLE_ERROR);
        assertSaysFirstCause(catchThrowable(() -> producer.send(0, "later")), error, "send()");
        assertSaysFirstCause(catchThrowable(() -> producer.sendOffsets(9)), error, "sendOffsetsToTransaction()");
        assertSaysFirstCause(catchThrowable(producer::commit), error, "commitTransaction()");
        assertThatThrownBy(producer::begin)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("abortTransaction()")
                .hasMessageContaining(error.name());

        producer.cluster().clearFaults();
        restoredByAbort(producer);
    }

    private static void assertSaysFirstCause(Throwable thrown, ErrorCode error, String call) {
        assertThat(thrown)
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("ABORTABLE_ERROR")
                .hasMessageContaining(call)
                .hasMessageContaining(error.name())
                .hasMessageContaining("abortTransaction()");
    }

    /** Begins, sends, commits offsets and commits; whichever is the first to hear of the failure names it. */
    private static void fullTransactionFails(VirtualProducer producer, ErrorCode error) {
        producer.begin();
        Throwable thrown = catchThrowable(() -> {
            producer.await(producer.send(0, "lost"));
            producer.await(producer.send(1, "lost"));
            producer.sendOffsets(3);
            producer.commit();
        });
        assertThat(thrown).isInstanceOf(KafkaException.class).hasMessageContaining(error.name());
    }

    private static void restoredByAbort(VirtualProducer producer) {
        producer.abort();
        assertThat(producer.desk().state()).isEqualTo(TransactionState.READY);
        assertThat(producer.allSentAreDone()).isTrue();
        for (int i = 0; i < 2; i++) {
            producer.begin();
            producer.send(0, "kept " + i);
            producer.send(1, "kept " + i);
            producer.sendOffsets(10 + i);
            producer.commit();
        }
        producer.pass(Duration.ofMinutes(3));
        assertThat(producer.committed()).containsExactly("kept 0", "kept 1", "kept 0", "kept 1");
        assertThat(producer.values(Isolation.OPEN)).isEmpty();
        assertThat(producer.committedOffset()).isEqualTo(11);
    }

    // ---- fatal: the producer is lost

    @ParameterizedTest
    @CsvSource({
        "1, ADD_PARTITIONS_TO_TXN, TRANSACTIONAL_ID_AUTHORIZATION_FAILED",
        "1, ADD_PARTITIONS_TO_TXN, PRODUCER_FENCED",
        "1, ADD_OFFSETS_TO_TXN, PRODUCER_FENCED",
        "1, TXN_OFFSET_COMMIT, PRODUCER_FENCED",
        "1, END_TXN, PRODUCER_FENCED",
        "1, END_TXN, TRANSACTIONAL_ID_AUTHORIZATION_FAILED",
        "1, PRODUCE, TRANSACTIONAL_ID_AUTHORIZATION_FAILED",
        "2, TXN_OFFSET_COMMIT, TRANSACTIONAL_ID_AUTHORIZATION_FAILED",
        "2, END_TXN, PRODUCER_FENCED",
        "2, PRODUCE, CLUSTER_AUTHORIZATION_FAILED",
        "2, PRODUCE, PRODUCER_FENCED"
    })
    void refusal_ofTheProducer_isFatal_andToldToAllLaterCalls(int version, ApiKey api, ErrorCode error) {
        VirtualProducer producer = initialized(version);
        producer.cluster().fault(api).always().error(error);
        fullTransactionFails(producer, error);

        assertThat(producer.desk().state()).isEqualTo(TransactionState.FATAL_ERROR);
        List<Runnable> calls = List.of(
                producer::init,
                producer::begin,
                () -> producer.send(0, "later"),
                () -> producer.sendOffsets(4),
                producer::commit,
                producer::abort);
        for (Runnable call : calls) {
            assertThatThrownBy(call::run)
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("FATAL_ERROR")
                    .hasMessageContaining(error.name())
                    .hasMessageContaining("close it");
        }
        producer.engine().shutdown().begin();
        producer.pass(Duration.ofMinutes(3));
        assertThat(producer.engine().hasEnded()).as("close is not held up").isTrue();
        assertThat(producer.allSentAreDone()).isTrue();
        assertThat(producer.committed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "FIND_COORDINATOR, TRANSACTIONAL_ID_AUTHORIZATION_FAILED",
        "INIT_PRODUCER_ID, TRANSACTIONAL_ID_AUTHORIZATION_FAILED",
        "INIT_PRODUCER_ID, INVALID_TRANSACTION_TIMEOUT",
        "INIT_PRODUCER_ID, CLUSTER_AUTHORIZATION_FAILED"
    })
    void refusal_ofInit_canBeRepeatedWhenItsCauseIsRemoved(ApiKey api, ErrorCode error) {
        VirtualProducer producer = new VirtualProducer(VirtualProducer.cluster(2));
        producer.cluster().fault(api).error(error);

        assertThatThrownBy(producer::init)
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining(error.name())
                .hasMessageContaining("initTransactions()");
        assertThatThrownBy(producer::begin)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("initTransactions()");

        producer.init();
        producer.begin();
        producer.send(0, "kept");
        producer.commit();
        producer.pass(Duration.ofSeconds(1));
        assertThat(producer.committed()).containsExactly("kept");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void groupThatMayNotBeAskedFor_failsTheTransactionOnly(int version) {
        VirtualProducer producer = initialized(version);
        producer.begin();
        producer.send(0, "lost");
        producer.cluster().fault(ApiKey.FIND_COORDINATOR).error(ErrorCode.GROUP_AUTHORIZATION_FAILED);

        assertThatThrownBy(() -> producer.sendOffsets(1)).isInstanceOf(GroupAuthorizationException.class);
        restoredByAbort(producer);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void commit_waitsForARecordWhoseHolderNoLongerWaitsUntilItIsAdmitted(int version) {
        // Prevents: a record that waits for its topic comes into the next transaction, since somebody lost patience
        // with a future.
        VirtualProducer producer = initialized(version);
        producer.begin();
        producer.sendAsync(0, "in the line").admitted().cancel(false);
        producer.commit();
        producer.begin();
        producer.abort();
        producer.pass(Duration.ofSeconds(1));
        assertThat(producer.committed()).containsExactly("in the line");
    }

    private static VirtualProducer initialized(int version, Object... settings) {
        VirtualProducer producer = new VirtualProducer(VirtualProducer.cluster(version), settings);
        producer.init();
        return producer;
    }
}
