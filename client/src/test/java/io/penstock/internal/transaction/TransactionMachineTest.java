package io.penstock.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.errors.KafkaException;
import io.penstock.errors.ProducerFencedException;
import io.penstock.internal.config.TransactionSettings;
import io.penstock.internal.identity.ProducerIdentity;
import io.penstock.internal.loop.Backoff;
import io.penstock.internal.loop.Mailbox;
import io.penstock.internal.transaction.CoordinatorCommand.AddOffsets;
import io.penstock.internal.transaction.CoordinatorCommand.AddPartitions;
import io.penstock.internal.transaction.CoordinatorCommand.CommitOffsets;
import io.penstock.internal.transaction.CoordinatorCommand.EndTransaction;
import io.penstock.internal.transaction.CoordinatorCommand.FindCoordinator;
import io.penstock.internal.transaction.CoordinatorCommand.InitProducerId;
import io.penstock.wire.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

/** The machine alone, against answers that a test chooses; by the first protocol, which has more of them. */
class TransactionMachineTest {

    private static final ProducerIdentity FIRST = new ProducerIdentity(7, (short) 0);

    private final Mailbox mailbox = new Mailbox();
    private final TransactionMachine machine = new TransactionMachine(
            new TransactionSettings("tx", 60_000, false),
            mailbox,
            new Backoff(TimeUnit.MILLISECONDS.toNanos(100), TimeUnit.SECONDS.toNanos(1)),
            new Random(1));
    private final TransactionDesk desk = new TransactionDesk(machine);
    private long now = 1_000_000;

    /** Prevents: a coordinator still busy with the last transaction was asked to end one it had not let begin, which was fatal. */
    @Test
    void abort_whenNoPartitionWasLetIn_asksForNoEnd() {
        AddPartitions adding = addingBeforeAbort();

        machine.onAnswer(adding, refusal(ErrorCode.CONCURRENT_TRANSACTIONS), now);

        assertThat(next()).isNull();
        assertThat(desk.state()).isEqualTo(TransactionState.READY);
    }

    /** Prevents: it was fatal that a request whose answer was lost had begun nothing. */
    @Test
    void abort_ofWhatNeverBegan_goesOnWithTheNextEpoch() {
        AddPartitions adding = addingBeforeAbort();
        machine.onLost(adding, now);

        assertThat(next()).isEqualTo(new FindCoordinator(CoordinatorCommand.Kind.TRANSACTION, "tx"));
        answer(CoordinatorAnswer.found(2));
        assertThat(next()).isInstanceOfSatisfying(EndTransaction.class, end -> assertThat(end.committed())
                .isFalse());
        answer(refusal(ErrorCode.INVALID_TXN_STATE));
        assertThat(next()).isInstanceOfSatisfying(InitProducerId.class, raise -> assertThat(raise.current())
                .isEqualTo(FIRST));
        answer(CoordinatorAnswer.given(new ProducerIdentity(7, (short) 1), ProducerIdentity.NONE));

        assertThat(next()).isNull();
        assertThat(desk.state()).isEqualTo(TransactionState.READY);
    }

    /** An answer that the coordinator may have given after it wrote leaves open whether the transaction has begun. */
    @Test
    void abort_whenAPartitionMayHaveBeenLetIn_asksForAnEnd() {
        AddPartitions adding = addingBeforeAbort();

        machine.onAnswer(adding, refusal(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS), now);

        assertThat(next()).isInstanceOf(EndTransaction.class);
    }

    /** Prevents: offsets that the loop had not heard of when the commit was called were left out of it, and it went through. */
    @Test
    void commit_rightAfterOffsets_waitsForThem() {
        beginFirst();
        CompletableFuture<Void> offsets = new CompletableFuture<>();
        desk.sendOffsets(new OffsetCommit("g", -1, "", null, List.of(), offsets));
        desk.commit();

        assertThat(next()).isInstanceOf(AddOffsets.class);
        answer(CoordinatorAnswer.done());
        assertThat(next()).isInstanceOf(FindCoordinator.class);
        answer(CoordinatorAnswer.found(1));
        assertThat(next()).isInstanceOf(CommitOffsets.class);
        answer(CoordinatorAnswer.done());
        assertThat(offsets).isCompleted();
        assertThat(next()).isInstanceOfSatisfying(EndTransaction.class, end -> assertThat(end.committed())
                .isTrue());
    }

    /** Prevents: the commit had been carried out, and its user was told to begin anew, since nothing of the transaction counted. */
    @Test
    void commit_whenItsAnswerWasLostAndAnotherProducerCame_isNotKnownToHaveFailed() {
        Operation commit = commitUnanswered();

        answer(refusal(ErrorCode.INVALID_PRODUCER_EPOCH));

        assertThat(desk.state()).isEqualTo(TransactionState.FATAL_ERROR);
        failureOf(commit)
                .withCauseInstanceOf(ProducerFencedException.class)
                .withMessageContaining("nobody knows whether the transaction counts");
    }

    @Test
    void commit_whenItsAnswerWasLostAndTheCoordinatorSaysItWasAborted_canBeAborted() {
        Operation commit = commitUnanswered();

        answer(refusal(ErrorCode.INVALID_TXN_STATE));

        assertThat(desk.state()).isEqualTo(TransactionState.ABORTABLE_ERROR);
        failureOf(commit).withMessageContaining("Nothing of the transaction counts");
    }

    /** The coordinator has refused each request, and has done nothing for any of them. */
    @Test
    void commit_whenEachRequestWasRefused_hasFailedForSure() {
        Operation commit = committing();
        answer(refusal(ErrorCode.CONCURRENT_TRANSACTIONS));
        next();

        answer(refusal(ErrorCode.INVALID_PRODUCER_EPOCH));

        assertThat(desk.state()).isEqualTo(TransactionState.ABORTABLE_ERROR);
        failureOf(commit).withMessageContaining("Nothing of the transaction counts");
    }

    @Test
    void close_whenACommitIsNotAnswered_saysThatItsEndIsNotKnown() {
        Operation commit = commitUnanswered();

        machine.giveUp(now);

        failureOf(commit).withMessageContaining("nobody knows whether the transaction counts");
    }

    private static ThrowableAssertAlternative<?> failureOf(Operation commit) {
        return assertThat(commit.done()).failsWithin(Duration.ZERO).withThrowableThat();
    }

    /** Up to the request to commit, whose answer is lost; and again up to it, to be answered. */
    private Operation commitUnanswered() {
        Operation commit = committing();
        CoordinatorCommand end = machine.next(now);
        machine.onSent(end);
        machine.onLost(end, now);
        assertThat(next()).isInstanceOf(FindCoordinator.class);
        answer(CoordinatorAnswer.found(2));
        assertThat(next()).isEqualTo(end);
        return commit;
    }

    private Operation committing() {
        beginFirst();
        machine.gate().passage("topic", 0);
        assertThat(next()).isInstanceOf(AddPartitions.class);
        answer(CoordinatorAnswer.done());
        Operation commit = desk.commit();
        assertThat(next()).isInstanceOf(EndTransaction.class);
        return commit;
    }

    private void beginFirst() {
        machine.connect(new Settled(), nodeId -> TransactionProtocol.V1);
        desk.initialize(false);
        assertThat(next()).isInstanceOf(FindCoordinator.class);
        answer(CoordinatorAnswer.found(1));
        assertThat(next()).isInstanceOf(InitProducerId.class);
        answer(CoordinatorAnswer.given(FIRST, ProducerIdentity.NONE));
        desk.begin();
        assertThat(next()).isNull();
    }

    private AddPartitions addingBeforeAbort() {
        beginFirst();
        assertThat(machine.gate().passage("topic", 0)).isEqualTo(RecordGate.Passage.SHUT);
        AddPartitions adding = (AddPartitions) next();
        machine.onSent(adding);
        desk.abort();
        assertThat(next()).isNull();
        return adding;
    }

    /** Whatever was posted runs, and any pause is over. */
    private CoordinatorCommand next() {
        now += TimeUnit.SECONDS.toNanos(10);
        mailbox.drain(now, Integer.MAX_VALUE);
        return machine.next(now);
    }

    private void answer(CoordinatorAnswer answer) {
        CoordinatorCommand command = machine.next(now);
        machine.onSent(command);
        machine.onAnswer(command, answer, now);
    }

    private static CoordinatorAnswer refusal(ErrorCode error) {
        return CoordinatorAnswer.refused(error, new KafkaException(error.toString()));
    }

    /** Records that are all done. */
    private static final class Settled implements TransactedRecords {

        @Override
        public void onIdentity(ProducerIdentity identity, long nowNanos) {}

        @Override
        public boolean areSettled() {
            return true;
        }

        @Override
        public void lookAgain(long nowNanos) {}

        @Override
        public CompletableFuture<Void> callbacks() {
            return CompletableFuture.completedFuture(null);
        }
    }
}
