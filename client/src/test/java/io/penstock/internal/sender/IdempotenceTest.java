package io.penstock.internal.sender;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.errors.KafkaException;
import io.penstock.errors.RecordOutcome;
import io.penstock.internal.sender.RecordingDispatcher.Attempt;
import io.penstock.internal.sender.SenderHarness.Options;
import io.penstock.wire.ErrorCode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Producer ids, epochs, sequences, and what is said of a batch that may have been written. */
final class IdempotenceTest {

    private final Options options = new Options();

    private static void answerAll(SenderHarness harness) {
        for (Attempt each : List.copyOf(harness.inFlight())) {
            harness.dispatcher.answerWritten(each, each.ids().get(0), harness.now());
        }
        harness.turn();
    }

    @Test
    void newProducerId_sendsOneBatchUntilABrokerHasTakenOne() {
        // Prevents: a broker that knows nothing of the producer takes the second batch before the refused first
        // (KIP-360).
        SenderHarness harness = new SenderHarness(options);
        for (int i = 0; i < 8; i++) {
            harness.append(0);
        }
        harness.turn();
        assertThat(harness.inFlight()).hasSize(1);
        answerAll(harness);
        assertThat(harness.inFlight()).as("then five").hasSize(5);
    }

    @Test
    void topicOfAnotherId_sendsOneBatchUntilABrokerHasTakenOne() {
        // Prevents: the new topic's log, which knows nothing of the producer, takes a later batch before an earlier one
        // that
        // was refused for the old topic's id.
        SenderHarness harness = fiveInFlight();
        harness.dispatcher.topicId = new UUID(0, 2);
        harness.sender.onTopicChanged(SenderHarness.TOPIC, harness.now());
        List<Attempt> old = List.copyOf(harness.inFlight());
        harness.dispatcher.answerWritten(
                old.get(0), 1, harness.now()); // by the old topic, so it says nothing of the new one
        for (Attempt each : old.subList(1, 5)) {
            harness.dispatcher.answer(each, ErrorCode.UNKNOWN_TOPIC_ID, harness.now());
            harness.advanceMillis(2_000);
            assertThat(harness.inFlight()).filteredOn(it -> !old.contains(it)).hasSize(1);
        }
        assertThat(harness.inFlight().get(0).ids())
                .as("the oldest")
                .isEqualTo(old.get(1).ids());
        answerAll(harness);
        assertThat(harness.inFlight()).as("then all").hasSize(5);
    }

    @Test
    void brokersThatDoNotKnowTheTopic_areSentOneBatchUntilOneHasTakenIt() {
        // Prevents the same where topics have no ids: when a broker knows it again, it may be another topic.
        SenderHarness harness = fiveInFlight();
        for (Attempt each : List.copyOf(harness.inFlight())) {
            harness.dispatcher.answer(each, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, harness.now());
        }
        harness.advanceMillis(2_000);
        assertThat(harness.inFlight()).hasSize(1);
        answerAll(harness);
        assertThat(harness.inFlight()).as("then five").hasSize(5);
    }

    private SenderHarness fiveInFlight() {
        SenderHarness harness = new SenderHarness(options);
        for (int i = 0; i < 8; i++) {
            harness.append(0);
        }
        harness.turn();
        answerAll(harness);
        assertThat(harness.inFlight()).hasSize(5);
        return harness;
    }

    @Test
    void withoutIdempotence_sequencesAreNone_andAllInFlightIsUsed() {
        options.idempotent = false;
        options.maxInFlight = 7;
        SenderHarness harness = new SenderHarness(options);
        for (int i = 0; i < 8; i++) {
            harness.append(0);
        }
        harness.turn();
        assertThat(harness.inFlight()).hasSize(7);
        assertThat(harness.inFlight().get(0).producerId()).isEqualTo(-1);
        assertThat(harness.inFlight().get(6).sequence()).isEqualTo(-1);
    }

    @Test
    void identity_isAskedForOnce_andBatchesWaitForIt() {
        options.identityAtOnce = false;
        SenderHarness harness = new SenderHarness(options);
        harness.append(0);
        harness.turn();
        assertThat(harness.inFlight()).isEmpty();
        assertThat(harness.cluster.identityNeeds).isEqualTo(1);
        harness.sender.onIdentity(5, (short) 3, harness.now());
        harness.turn();
        assertThat(harness.inFlight().get(0).producerId()).isEqualTo(5);
        assertThat(harness.inFlight().get(0).epoch()).isEqualTo((short) 3);
        assertThat(harness.inFlight().get(0).sequence()).isZero();
    }

    @Test
    void identityRefused_failsWhatWaits_andLaterRecordsAskAgain() {
        // Prevents: after a refusal nothing is ever sent or asked for again.
        options.identityAtOnce = false;
        SenderHarness harness = new SenderHarness(options);
        harness.append(0);
        harness.turn();
        harness.sender.onIdentityRefused(() -> new KafkaException("no"), harness.now());
        harness.turn();
        assertThat(failure(harness, 0)).hasMessage("no");
        harness.append(0);
        harness.turn();
        assertThat(harness.cluster.identityNeeds).isEqualTo(2);
        harness.sender.onIdentity(5, (short) 0, harness.now());
        harness.turn();
        assertThat(harness.inFlight()).hasSize(1);
    }

    @Test
    void exhaustedEpoch_asksForANewId_andGoesOnUnderIt() {
        options.firstEpoch = Short.MAX_VALUE;
        SenderHarness harness = proven(new SenderHarness(options));
        harness.append(0);
        harness.turn();
        harness.dispatcher.answer(harness.inFlight().get(0), ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, harness.now());
        harness.turn();
        assertThat(harness.inFlight()).isEmpty();
        assertThat(harness.cluster.identityNeeds).isPositive();
        harness.sender.onIdentity(7, (short) 0, harness.now());
        harness.turn();
        assertThat(harness.inFlight().get(0).producerId()).isEqualTo(7);
        assertThat(harness.inFlight().get(0).sequence()).isZero();
    }

    @Test
    void refusedSequence_startsAnewUnderTheNextEpoch() {
        SenderHarness harness = proven(new SenderHarness(options));
        harness.append(0);
        harness.turn();
        harness.dispatcher.answer(harness.inFlight().get(0), ErrorCode.UNKNOWN_PRODUCER_ID, harness.now());
        harness.turn();
        assertThat(harness.inFlight().get(0).epoch()).isEqualTo((short) 1);
        assertThat(harness.inFlight().get(0).sequence()).isZero();
    }

    @Test
    void refusedSequence_ofOneThatMayBeWritten_isTriedAgainAndEndsUnknown() {
        // Prevents: a batch that an earlier attempt may yet write is written again under another epoch.
        SenderHarness harness = proven(new SenderHarness(options));
        harness.append(0);
        harness.turn();
        harness.dispatcher.lose(harness.inFlight().get(0), true, harness.now());
        for (int i = 0; i < 6; i++) {
            harness.advanceMillis(2_000);
            assertThat(harness.inFlight().get(0).epoch()).isZero();
            harness.dispatcher.answer(harness.inFlight().get(0), ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, harness.now());
        }
        assertThat(failure(harness, 1).outcome()).isEqualTo(RecordOutcome.UNKNOWN);
        harness.append(0);
        harness.turn();
        assertThat(harness.inFlight().get(0).epoch())
                .as("what follows starts anew")
                .isEqualTo((short) 1);
    }

    @Test
    void refusedSequence_ofOneSentBehindAnOpenOne_costsNoEpoch() {
        SenderHarness harness = proven(new SenderHarness(options));
        harness.append(0);
        harness.append(0);
        harness.turn();
        List<Attempt> both = List.copyOf(harness.inFlight());
        harness.dispatcher.answerWritten(both.get(0), 1, harness.now());
        harness.dispatcher.answer(both.get(1), ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, harness.now());
        harness.turn();
        assertThat(harness.inFlight().get(0).epoch()).isZero();
        assertThat(harness.inFlight().get(0).sequence()).isEqualTo(2);
    }

    @Test
    void tooLarge_afterAnAttemptThatMayBeWritten_isNotSplit() {
        // Prevents: a broker does not see the parts as doubles of the whole that it may have.
        options.batchBytes = 83;
        SenderHarness harness = new SenderHarness(options);
        harness.append(0);
        harness.append(0);
        harness.turn();
        harness.dispatcher.lose(harness.inFlight().get(0), true, harness.now());
        harness.advanceMillis(200);
        harness.dispatcher.answer(harness.inFlight().get(0), ErrorCode.MESSAGE_TOO_LARGE, harness.now());
        harness.turn();
        assertThat(harness.inFlight()).isEmpty();
        assertThat(failure(harness, 1).outcome()).isEqualTo(RecordOutcome.UNKNOWN);
    }

    @Test
    void parts_ofABatchThatMayBeWritten_areNotCalledNotWritten() {
        options.batchBytes = 83;
        options.idempotent = false;
        SenderHarness harness = new SenderHarness(options);
        harness.append(0);
        harness.append(0);
        harness.turn();
        harness.dispatcher.lose(harness.inFlight().get(0), true, harness.now());
        harness.advanceMillis(200);
        harness.dispatcher.answer(harness.inFlight().get(0), ErrorCode.MESSAGE_TOO_LARGE, harness.now());
        harness.turn();
        harness.dispatcher.answer(harness.inFlight().get(0), ErrorCode.MESSAGE_TOO_LARGE, harness.now());
        assertThat(failure(harness, 0).outcome()).isEqualTo(RecordOutcome.UNKNOWN);
    }

    @Test
    void duplicate_isWrittenWithoutAnOffset() {
        SenderHarness harness = new SenderHarness(options);
        harness.append(0);
        harness.turn();
        harness.dispatcher.answer(harness.inFlight().get(0), ErrorCode.DUPLICATE_SEQUENCE_NUMBER, harness.now());
        assertThat(harness.told).containsExactly(new SenderHarness.Told(0, -1, null));
    }

    @Test
    void everyError_hasAVerdict_andOnlyKnownOnesSayNotWritten() {
        for (ErrorCode error : ErrorCode.values()) {
            Verdict verdict = Verdict.of(error, true);
            if (error.retriable()) {
                assertThat(verdict).as(error.name()).isEqualTo(Verdict.RETRY);
            }
            if (verdict == Verdict.SEQUENCE) {
                assertThat(Verdict.of(error, false)).as(error.name()).isEqualTo(Verdict.FAILED);
            }
            if (verdict == Verdict.WRITTEN) {
                assertThat(Verdict.saysNotWritten(error)).as(error.name()).isFalse();
            }
        }
        assertThat(Verdict.saysNotWritten(ErrorCode.NOT_LEADER_OR_FOLLOWER)).isFalse();
        assertThat(Verdict.saysNotWritten(ErrorCode.REQUEST_TIMED_OUT)).isFalse();
        assertThat(Verdict.saysNotWritten(ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND))
                .isFalse();
    }

    /** One record written, so that the broker knows the producer. */
    private static SenderHarness proven(SenderHarness harness) {
        harness.append(0);
        harness.turn();
        answerAll(harness);
        return harness;
    }

    private static KafkaException failure(SenderHarness harness, int index) {
        KafkaException failure = harness.told.get(index).failure();
        assertThat(failure).isNotNull();
        return failure;
    }
}
