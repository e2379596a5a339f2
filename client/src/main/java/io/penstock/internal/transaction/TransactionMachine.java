package io.penstock.internal.transaction;

import io.penstock.errors.KafkaException;
import io.penstock.errors.TransactionAbortedException;
import io.penstock.internal.config.TransactionSettings;
import io.penstock.internal.identity.ProducerIdentity;
import io.penstock.internal.loop.Backoff;
import io.penstock.internal.loop.Mailbox;
import io.penstock.internal.transaction.CoordinatorCommand.AddOffsets;
import io.penstock.internal.transaction.CoordinatorCommand.AddPartitions;
import io.penstock.internal.transaction.CoordinatorCommand.CommitOffsets;
import io.penstock.internal.transaction.CoordinatorCommand.EndTransaction;
import io.penstock.internal.transaction.CoordinatorCommand.InitProducerId;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transactional producer: events in, coordinator commands out.
 *
 * <p>Loop only, but for {@link #calls}. Where it stands and may go is the {@link TransactionTable}'s; what it asks for next follows
 * from where it stands ({@link #next}), so that nothing has to be remembered over a retry but the wish itself. One request is on
 * its way at a time. The first failure of a transaction is the one that everybody is told.
 */
public final class TransactionMachine {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionMachine.class);

    private final TransactionSettings settings;
    private final String transactionalId;
    private final TransactionCalls calls;
    private final Coordinators coordinators;
    private final TransactionProgress progress = new TransactionProgress();
    private final TransactionWishes wishes;
    private final TransactionGate gate;
    private final CoordinatorTalk talk;
    private final Settlement settlement = new Settlement();
    private TransactedRecords records = TransactedRecords.NOT_CONNECTED;
    private CoordinatorLink link = nodeId -> null;
    private boolean keepPrepared;

    /** What a coordinator would know the prepared transaction by. */
    private volatile ProducerIdentity prepared = ProducerIdentity.NONE;

    public TransactionMachine(TransactionSettings settings, Mailbox mailbox, Backoff backoff, RandomGenerator random) {
        String id = settings.transactionalId();
        if (id == null) {
            throw new IllegalArgumentException("No transactional.id, no transactions");
        }
        this.settings = settings;
        this.transactionalId = id;
        this.calls = new TransactionCalls(mailbox, now -> onNobodyInside());
        this.coordinators = new Coordinators(id);
        this.wishes = new TransactionWishes(settings, id, progress);
        this.gate = new TransactionGate(this, progress);
        this.talk = new CoordinatorTalk(
                new Questions(), progress, coordinators, new RetryPause(backoff, random), settings.timeoutMillis());
    }

    /** Once, before the loop starts. */
    public void connect(TransactedRecords theRecords, CoordinatorLink theLink) {
        records = theRecords;
        link = theLink;
    }

    /** What the sender asks. */
    public RecordGate gate() {
        return gate;
    }

    String transactionalId() {
        return transactionalId;
    }

    // ---- the user's calls; any thread

    TransactionCalls calls() {
        return calls;
    }

    /** Makes a call; its effect and its result are the loop's. */
    Operation call(TransactionEvent call) {
        return calls.call(call, now -> onCall(call, now));
    }

    Operation initialize(boolean keepPreparedTransaction) {
        return calls.call(TransactionEvent.INIT, now -> keepPrepared = keepPreparedTransaction);
    }

    /** Counts as a sender, so that an end that is called for right after it waits until the loop has heard of the offsets. */
    void sendOffsets(OffsetCommit commit) {
        calls.enter(TransactionEvent.SEND_OFFSETS);
        try {
            calls.post(now -> onOffsets(commit));
        } finally {
            calls.leave();
        }
    }

    private void onOffsets(OffsetCommit commit) {
        switch (calls.state()) {
            case IN_TRANSACTION, PREPARING, COMMITTING -> progress.offsets().add(commit);
            default -> commit.done().completeExceptionally(Misuse.of(calls.now(), TransactionEvent.SEND_OFFSETS));
        }
    }

    /** A record never came into a batch; the transaction is not what the user meant it to be. */
    void onRefused(KafkaException cause) {
        calls.post(now -> onRecordFailed(cause, now));
    }

    boolean hasTwoPhases() {
        return settings.twoPhaseCommit();
    }

    ProducerIdentity identity() {
        return progress.identity();
    }

    ProducerIdentity prepared() {
        return prepared;
    }

    private void onCall(TransactionEvent call, long nowNanos) {
        if (call == TransactionEvent.BEGIN) {
            onBegin(nowNanos);
            return;
        }
        if (call == TransactionEvent.ABORT) {
            progress.offsets().fail(new TransactionAbortedException("abortTransaction() was called"));
        }
        progress.beginEnding();
        records.lookAgain(nowNanos);
        onNobodyInside();
    }

    /** Nobody can send any more; word of the last records that were admitted is in the mailbox by now. */
    private void onNobodyInside() {
        if (progress.isEnding() && !calls.hasSendersInside()) {
            calls.post(now -> progress.onAllHeard());
        }
    }

    private void onBegin(long nowNanos) {
        progress.begin(nowNanos);
        settlement.begin();
        TransactionProtocol now = link.protocolOf(coordinators.transactionNode());
        if (now != null && now != progress.protocol()) {
            LOG.info("The transactions of {} go by protocol {} from now on", transactionalId, now);
            progress.changeTo(now);
        }
        records.lookAgain(nowNanos);
    }

    /** A record of the transaction was given up, or refused. */
    void onRecordFailed(KafkaException cause, long nowNanos) {
        boolean fatal = Failures.endsProducer(cause); // none of which is retriable
        TransactionEvent event = fatal ? TransactionEvent.FAILED_FATALLY : TransactionEvent.FAILED;
        fail(event, Failures.ofRecord(cause, progress, settings.timeoutMillis(), nowNanos), nowNanos);
    }

    // ---- commands out

    /** The request to make now, if any; asked again until {@link #onSent(CoordinatorCommand)}. */
    public @Nullable CoordinatorCommand next(long nowNanos) {
        return talk.next(nowNanos);
    }

    /** When to call {@link #onTime} and ask {@link #next} although nothing has happened; {@link Long#MAX_VALUE} for never. */
    public long retryAtNanos(long nowNanos) {
        return talk.retryAtNanos(nowNanos);
    }

    /** It is that time: records that have waited may go. */
    public void onTime(long nowNanos) {
        if (progress.markers().endIfOver(nowNanos)) {
            records.lookAgain(nowNanos);
        }
    }

    /** The broker that the command is for; -1 for any. */
    public int nodeOf(CoordinatorCommand command) {
        return coordinators.nodeOf(command);
    }

    private @Nullable CoordinatorCommand wish() {
        return switch (calls.state()) {
            case INITIALIZING -> wishes.identity(keepPrepared);
            case IN_TRANSACTION -> progress.isOpen() ? wishes.write() : null;
            case PREPARING, COMMITTING -> writeThenEnd();
            case ABORTING -> areRecordsSettled() ? endOrRaiseEpoch() : null;
            default -> null;
        };
    }

    private @Nullable CoordinatorCommand writeThenEnd() {
        CoordinatorCommand write = wishes.write();
        if (write != null || !areRecordsSettled()) {
            return write;
        }
        if (calls.state() == TransactionState.PREPARING) {
            prepared = progress.identity();
            finish(TransactionEvent.ALL_WRITTEN);
            return null;
        }
        return end(true);
    }

    private @Nullable CoordinatorCommand endOrRaiseEpoch() {
        return !progress.isStarted() && progress.isEpochSpent() ? wishes.nextEpoch() : end(false);
    }

    private @Nullable CoordinatorCommand end(boolean commit) {
        if (progress.isStarted()) {
            return wishes.end(commit);
        }
        finish(TransactionEvent.ENDED);
        return null;
    }

    private boolean areRecordsSettled() {
        return progress.isAllHeard() && settlement.isReached(records);
    }

    // ---- answers in

    /** The command has left. */
    public void onSent(CoordinatorCommand command) {
        talk.onSent(command);
    }

    /** Its broker cannot be reached, and perhaps another one coordinates by now. */
    public void onUnreachable(CoordinatorCommand command, long nowNanos) {
        talk.onUnreachable(command, nowNanos);
    }

    /** No answer will come; the same is asked again, perhaps of another broker. */
    public void onLost(CoordinatorCommand command, long nowNanos) {
        talk.onLost(command, nowNanos);
    }

    public void onAnswer(CoordinatorCommand command, CoordinatorAnswer answer, long nowNanos) {
        talk.onAnswer(command, answer, nowNanos);
    }

    /** What the talk with coordinators asks and tells. */
    private final class Questions implements CoordinatorTalk.Asker {

        @Override
        public @Nullable CoordinatorCommand wish() {
            return TransactionMachine.this.wish();
        }

        @Override
        public void onDone(CoordinatorCommand command, CoordinatorAnswer answer, long nowNanos) {
            TransactionMachine.this.onDone(command, answer, nowNanos);
        }

        @Override
        public void onRefused(
                CoordinatorCommand command, CoordinatorAnswer answer, AnswerVerdict verdict, long nowNanos) {
            TransactionMachine.this.onRefused(command, answer, verdict, nowNanos);
        }
    }

    private void onDone(CoordinatorCommand command, CoordinatorAnswer answer, long nowNanos) {
        if (command instanceof InitProducerId) {
            onInitialized(answer, nowNanos);
        } else if (command instanceof AddPartitions adds) {
            if (calls.state() != TransactionState.ABORTING) {
                progress.partitions().onAdded(adds.partitions());
                records.lookAgain(nowNanos);
            }
        } else if (command instanceof AddOffsets adds) {
            progress.offsets().onGroupAdded(adds.groupId());
        } else if (command instanceof CommitOffsets commit) {
            progress.offsets().onCommitted(commit.commit());
        } else {
            onEnded(answer, nowNanos);
        }
    }

    private void onInitialized(CoordinatorAnswer answer, long nowNanos) {
        takeIdentity(answer.identity(), nowNanos);
        if (calls.state() != TransactionState.INITIALIZING) {
            records.lookAgain(nowNanos);
            return;
        }
        TransactionProtocol offered = link.protocolOf(coordinators.transactionNode());
        if (offered != null) {
            progress.speak(offered);
        }
        if (keepPrepared && !answer.prepared().isNone()) {
            prepared = answer.prepared();
            progress.onStarted();
            finish(TransactionEvent.FOUND_PREPARED);
        } else {
            finish(TransactionEvent.INITIALIZED);
        }
    }

    private void onEnded(CoordinatorAnswer answer, long nowNanos) {
        progress.onNothingStarted();
        if (!answer.identity().isNone()) {
            progress.markers().onEnded(nowNanos);
            takeIdentity(answer.identity(), nowNanos); // the second protocol raises the epoch with every end
        }
    }

    private void takeIdentity(ProducerIdentity given, long nowNanos) {
        progress.take(given);
        records.onIdentity(given, nowNanos);
    }

    private void onRefused(CoordinatorCommand command, CoordinatorAnswer answer, AnswerVerdict verdict, long nowNanos) {
        KafkaException cause = Failures.of(answer, progress, settings.timeoutMillis(), nowNanos);
        switch (calls.state()) {
            case INITIALIZING -> fail(TransactionEvent.INIT_REFUSED, cause, nowNanos);
            case ABORTING -> {
                if (verdict == AnswerVerdict.FATAL || command instanceof InitProducerId) {
                    fail(TransactionEvent.FAILED_FATALLY, cause, nowNanos);
                } else if (command instanceof EndTransaction || verdict == AnswerVerdict.ABORT_AND_RAISE_EPOCH) {
                    // It cannot be ended in its own name: a new epoch ends whatever there is.
                    progress.spendEpoch();
                    progress.onNothingStarted();
                }
            }
            default -> {
                if (verdict == AnswerVerdict.ABORT_AND_RAISE_EPOCH) {
                    // The abort still asks for an end first: a new epoch while it is open would be fencing.
                    progress.spendEpoch();
                }
                fail(
                        verdict == AnswerVerdict.FATAL ? TransactionEvent.FAILED_FATALLY : TransactionEvent.FAILED,
                        cause,
                        nowNanos);
            }
        }
    }

    // ---- moves

    private void finish(TransactionEvent event) {
        Standing before = calls.move(event, null);
        if (before == null) {
            throw new IllegalStateException(event + " in state " + calls.state());
        }
        if (event == TransactionEvent.ENDED) {
            progress.end();
            prepared = ProducerIdentity.NONE;
        }
        settlement.thenComplete(before.operation().done());
    }

    private void fail(TransactionEvent event, KafkaException cause, long nowNanos) {
        Standing before = calls.move(event, cause);
        if (before == null) {
            return; // the first failure is the one that counts
        }
        LOG.debug("Transactional id {}: {} in state {}", transactionalId, event, before.state(), cause);
        before.operation()
                .done()
                .completeExceptionally(Failures.ofCall(before.operation().call(), event, cause));
        if (event != TransactionEvent.INIT_REFUSED) {
            progress.offsets().fail(cause);
            progress.dropPartitions();
            calls.lookLater(records::lookAgain); // who reports it may be in the midst of a partition's batches
        }
    }

    // ---- the end

    /**
     * The producer is being closed: aborts what is open; whoever waits to be initialized gives up.
     *
     * @return whether nothing is left to be waited for
     */
    public boolean close(long nowNanos) {
        switch (calls.state()) {
            case IN_TRANSACTION, ABORTABLE_ERROR -> {
                LOG.info("The open transaction of {} is aborted, since the producer is closed", transactionalId);
                call(TransactionEvent.ABORT);
            }
            case INITIALIZING -> giveUp(nowNanos);
            case PREPARING, COMMITTING, ABORTING -> {}
            default -> {
                return true;
            }
        }
        return false;
    }

    /** What is not done never will be. */
    public void giveUp(long nowNanos) {
        fail(TransactionEvent.FAILED_FATALLY, Failures.ofClosing(transactionalId, progress), nowNanos);
    }
}
