package io.penstock.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.TimeoutException;
import io.penstock.errors.TransactionalIdAuthorizationException;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.PreparedTxnState;
import io.penstock.producer.ProducerRecord;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.Fault;
import io.penstock.testkit.fake.Isolation;
import io.penstock.testkit.fake.StoredRecord;
import io.penstock.testkit.fake.TransactionState;
import io.penstock.testkit.fake.TwoPhaseCommit;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All of KIP-939, with a restart between the two phases, which no released broker goes along with yet. */
@Timeout(180)
class TwoPhaseCommitTest {

    private final FakeCluster cluster = FakeCluster.builder()
            .brokers(2)
            .topic("t", 1)
            .twoPhaseCommit(TwoPhaseCommit.FULL)
            .start();

    @AfterEach
    void stop() {
        cluster.close();
    }

    private KafkaProducer<String, String> producer(Object... settings) {
        return EngineProducers.twoPhase(cluster, settings);
    }

    private static void send(KafkaProducer<String, String> producer, String value) {
        producer.send(new ProducerRecord<>("t", 0, null, value));
    }

    private List<String> values(Isolation isolation) {
        return cluster.records("t", isolation).stream()
                .map(StoredRecord::valueText)
                .toList();
    }

    private void awaitEnd(TransactionState state) {
        cluster.await(
                "the end", Duration.ofSeconds(60), () -> cluster.transactions().state("tx") == state);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void preparedTransaction_outlivesItsProducer_andEndsAsWasDecided(boolean commit) {
        String decided;
        try (var producer = producer()) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, "prepared");
            decided = producer.prepareTransaction().toString();
        }
        assertThat(values(Isolation.OPEN)).as("a close leaves it").containsExactly("prepared");
        try (var producer = producer()) {
            producer.initTransactions(true);
            assertThatThrownBy(producer::beginTransaction)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("PREPARED")
                    .hasMessageContaining("completeTransaction()");
            producer.completeTransaction(new PreparedTxnState(commit ? decided : ""));
            producer.beginTransaction();
            send(producer, "next");
            producer.commitTransaction();
        }
        awaitEnd(TransactionState.COMPLETE_COMMIT);
        assertThat(values(Isolation.READ_COMMITTED)).isEqualTo(commit ? List.of("prepared", "next") : List.of("next"));
    }

    @Test
    void initKeeping_whenNothingIsPrepared_isReady() {
        try (var producer = producer()) {
            producer.initTransactions(true);
            assertThatThrownBy(() -> producer.completeTransaction(new PreparedTxnState("1:1")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("completeTransaction()")
                    .hasMessageContaining("READY")
                    .hasMessageContaining("prepareTransaction()");
            producer.beginTransaction();
            send(producer, "a");
            producer.completeTransaction(producer.prepareTransaction());
        }
        assertThat(values(Isolation.READ_COMMITTED)).containsExactly("a");
    }

    @Test
    void completion_thatOutlastsMaxBlock_canBeRepeated_alsoAfterItsEnd() {
        try (var producer = producer("max.block.ms", 700)) {
            EngineProducers.patiently(producer::initTransactions);
            EngineProducers.patiently(() -> producer.partitionsFor("t"));
            producer.beginTransaction();
            send(producer, "a");
            producer.flush(); // which waits for as long as it takes, and leaves nothing to wait for
            PreparedTxnState prepared = producer.prepareTransaction();
            Fault held = cluster.fault(ApiKey.END_TXN).hold();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> producer.completeTransaction(prepared)).isInstanceOf(TimeoutException.class);
            }
            cluster.awaitRequests(ApiKey.END_TXN, 1, Duration.ofSeconds(60));
            held.release();
            awaitEnd(TransactionState.COMPLETE_COMMIT);
            EngineProducers.patiently(() -> producer.completeTransaction(prepared));
            producer.beginTransaction();
            EngineProducers.patiently(producer::abortTransaction);
        }
        assertThat(values(Isolation.READ_COMMITTED)).containsExactly("a");
    }

    @Test
    void withoutTheSetting_prepareAndKeep_sayWhatToSet() {
        try (var producer = EngineProducers.create(cluster, "transactional.id", "tx")) {
            assertThatThrownBy(() -> producer.initTransactions(true))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("transaction.two.phase.commit.enable=true");
            producer.initTransactions();
            producer.beginTransaction();
            assertThatThrownBy(producer::prepareTransaction)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("transaction.two.phase.commit.enable=true");
            producer.abortTransaction();
        }
    }

    @Test
    void brokersThatForbidIt_areToldApartFromThoseThatDoNotHaveIt() {
        cluster.fault(ApiKey.INIT_PRODUCER_ID).error(ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
        try (var producer = producer()) {
            assertThatThrownBy(producer::initTransactions)
                    .isInstanceOf(TransactionalIdAuthorizationException.class)
                    .hasMessageContaining("transaction.two.phase.commit.enable=true on the brokers");
        }
    }
}
