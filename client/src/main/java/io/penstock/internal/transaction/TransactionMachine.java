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
import io.penstock.internal.transaction.CoordinatorCommand.FindCoordinator;
import io.penstock.internal.transaction.CoordinatorCommand.InitProducerId;
import io.penstock.wire.ErrorCode;
import java.util.concurrent.CompletableFuture;
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
public final class TransactionMachine implements RecordGate {

    private static final CompletableFuture<Void> CALLED = CompletableFuture.completedFuture(null);
    private static final Logger LOG = LoggerFactory.getLogger(TransactionMachine.class);

    private final TransactionSettings settings;
    private final String transactionalId;
    private final TransactionCalls calls;
    private final RetryPause pause;
    private final Coordinators coordinators;
    private final PartitionAdds partitions = new PartitionAdds();
    private final OffsetsLine offsets = new OffsetsLine();
    private TransactedRecords records = NOT_YET;
    private CoordinatorLink link = nodeId -> null;

    private ProducerIdentity identity = ProducerIdentity.NONE;
    private TransactionProtocol protocol = TransactionProtocol.V1;
    private @Nullable CoordinatorCommand inFlight;
    private boolean keepPrepared;

    /** The loop has heard of the transaction's begin. */
    private boolean open;

    /** The loop has heard that it is to end. */
    private boolean ending;

    /** And of every record that was admitted before. */
    private boolean allHeard;

    /** And every one of them has its result. */
    private boolean settled;

    /** The coordinator may have heard of it. */
    private boolean started;

    /** Some sequence may be missing, or the epoch was refused: another one is needed before anything else is written. */
    private boolean epochSpent;

    private long openedNanos;

    /** When the callbacks of the transaction's records have run; of interest once all have their result. */
    private CompletableFuture<Void> callbacks = CALLED;

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
        this.pause = new RetryPause(backoff, random);
        this.coordinators = new Coordinators(id);
    }

    /** Once, before the loop starts. */
    public void connect(TransactedRecords theRecords, CoordinatorLink theLink) {
        records = theRecords;
        link = theLink;
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

    void sendOffsets(OffsetCommit commit) {
        calls.check(TransactionEvent.SEND_OFFSETS);
        calls.post(now -> {
            try {
                calls.check(TransactionEvent.SEND_OFFSETS);
                offsets.add(commit);
            } catch (RuntimeException e) { // the state has changed since the call
                commit.done().completeExceptionally(e);
            }
        });
    }

    /** A record never came into a batch; the transaction is not what the user meant it to be. */
    void onRefused(KafkaException cause) {
        calls.post(now -> onFailed(cause, false, now));
    }

    boolean hasTwoPhases() {
        return settings.twoPhaseCommit();
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
            offsets.fail(new TransactionAbortedException("abortTransaction() was called"));
        }
        ending = true;
        records.lookAgain(nowNanos);
        onNobodyInside();
    }

    /** Nobody can send any more; word of the last records that were admitted is in the mailbox by now. */
    private void onNobodyInside() {
        if (ending && !calls.hasSendersInside()) {
            calls.post(now -> allHeard = ending);
        }
    }

    private void onBegin(long nowNanos) {
        open = true;
        ending = false;
        allHeard = false;
        settled = false;
        openedNanos = nowNanos;
        TransactionProtocol now = link.protocolOf(coordinators.transactionNode());
        if (now != null && now != protocol) {
            LOG.info("The transactions of {} go by protocol {} from now on", transactionalId, now);
            // A late request of the old protocol must not be taken for one of the new (KIP-890).
            epochSpent |= now == TransactionProtocol.V2;
            protocol = now;
        }
        records.lookAgain(nowNanos);
    }

    // ---- the sender's questions

    @Override
    public boolean isTransactional() {
        return true;
    }

    @Override
    public Passage passage(String topic, int partition) {
        return switch (calls.state()) {
            case IN_TRANSACTION, PREPARING, COMMITTING -> {
                boolean may = open
                        && !epochSpent
                        && (protocol == TransactionProtocol.V2 || partitions.isAdded(topic, partition));
                yield may ? Passage.OPEN : Passage.SHUT;
            }
            case ABORTING, ABORTABLE_ERROR, FATAL_ERROR -> Passage.DROPPED;
            default -> Passage.SHUT;
        };
    }

    @Override
    public boolean isDropping() {
        return switch (calls.state()) {
            case ABORTING, ABORTABLE_ERROR, FATAL_ERROR -> true;
            default -> false;
        };
    }

    @Override
    public boolean isHurried() {
        return ending;
    }

    @Override
    public KafkaException whyDropped(String topic, int partition) {
        KafkaException cause = calls.now().cause();
        return new TransactionAbortedException(
                "Record(s) for " + topic + "-" + partition + " were not sent before their transaction "
                        + (cause == null ? "was aborted" : "failed: " + cause.getMessage()),
                cause);
    }

    @Override
    public void onSent() {
        started = true;
    }

    @Override
    public void onFailed(KafkaException cause, boolean stamped, long nowNanos) {
        epochSpent |= stamped;
        if (Failures.endsProducer(cause)) {
            fail(TransactionEvent.FAILED_FATALLY, cause, nowNanos);
        } else {
            fail(TransactionEvent.FAILED, cause, nowNanos);
        }
    }

    @Override
    public String transactionalId() {
        return transactionalId;
    }

    @Override
    public short produceCap() {
        return protocol.produceCap();
    }

    // ---- commands out

    /** The request to make now, if any; asked again until {@link #onSent(CoordinatorCommand)}. */
    public @Nullable CoordinatorCommand next(long nowNanos) {
        if (inFlight != null || pause.isOn(nowNanos)) {
            return null;
        }
        CoordinatorCommand wish = wish(nowNanos);
        if (wish == null) {
            return null;
        }
        FindCoordinator first = coordinators.lookUpFor(wish);
        return first == null ? wish : first;
    }

    /** When to ask {@link #next} again although nothing has happened; {@link Long#MAX_VALUE} for never. */
    public long retryAtNanos(long nowNanos) {
        return inFlight == null && pause.isOn(nowNanos) ? pause.untilNanos() : Long.MAX_VALUE;
    }

    /** The broker that the command is for; -1 for any. */
    public int nodeOf(CoordinatorCommand command) {
        return coordinators.nodeOf(command);
    }

    private @Nullable CoordinatorCommand wish(long nowNanos) {
        return switch (calls.state()) {
            case INITIALIZING -> initProducerId(ProducerIdentity.NONE);
            case IN_TRANSACTION -> open ? write() : null;
            case PREPARING, COMMITTING -> writeThenEnd(nowNanos);
            case ABORTING -> areRecordsSettled() ? endOrRaiseEpoch(nowNanos) : null;
            default -> null;
        };
    }

    private CoordinatorCommand initProducerId(ProducerIdentity current) {
        return new InitProducerId(
                transactionalId,
                settings.timeoutMillis(),
                current,
                settings.twoPhaseCommit(),
                keepPrepared && current.isNone());
    }

    private @Nullable CoordinatorCommand write() {
        if (epochSpent) {
            return initProducerId(identity);
        }
        if (partitions.hasWaiting()) {
            return new AddPartitions(transactionalId, identity, partitions.waiting());
        }
        OffsetCommit first = offsets.first();
        if (first == null) {
            return null;
        }
        return protocol == TransactionProtocol.V1 && !offsets.hasGroup(first.groupId())
                ? new AddOffsets(transactionalId, identity, first.groupId())
                : new CommitOffsets(transactionalId, identity, protocol, first);
    }

    private @Nullable CoordinatorCommand writeThenEnd(long nowNanos) {
        CoordinatorCommand write = write();
        if (write != null || !areRecordsSettled()) {
            return write;
        }
        if (calls.state() == TransactionState.PREPARING) {
            prepared = identity;
            finish(TransactionEvent.ALL_WRITTEN);
            return null;
        }
        return end(nowNanos, true);
    }

    private @Nullable CoordinatorCommand endOrRaiseEpoch(long nowNanos) {
        return !started && epochSpent ? initProducerId(identity) : end(nowNanos, false);
    }

    private @Nullable CoordinatorCommand end(long nowNanos, boolean commit) {
        if (started) {
            return new EndTransaction(transactionalId, identity, protocol, commit);
        }
        finish(TransactionEvent.ENDED);
        return null;
    }

    private boolean areRecordsSettled() {
        if (!allHeard || !records.areSettled()) {
            return false;
        }
        if (!settled) {
            settled = true;
            callbacks = records.callbacks();
        }
        return true;
    }

    // ---- answers in

    /** The command has left. */
    public void onSent(CoordinatorCommand command) {
        inFlight = command;
        started |=
                command instanceof AddPartitions || command instanceof AddOffsets || command instanceof CommitOffsets;
    }

    /** Its broker cannot be reached, and perhaps another one coordinates by now. */
    public void onUnreachable(CoordinatorCommand command, long nowNanos) {
        coordinators.forget(command);
        pause.usual(nowNanos);
    }

    /** No answer will come; the same is asked again, perhaps of another broker. */
    public void onLost(CoordinatorCommand command, long nowNanos) {
        inFlight = null;
        onUnreachable(command, nowNanos);
    }

    public void onAnswer(CoordinatorCommand command, CoordinatorAnswer answer, long nowNanos) {
        inFlight = null;
        AnswerVerdict verdict = AnswerVerdict.of(command, answer.error());
        switch (verdict) {
            case DONE -> {
                pause.reset();
                onDone(command, answer, nowNanos);
            }
            case RETRY -> pause.usual(nowNanos);
            case RETRY_SOON -> pause.soon(nowNanos);
            case MOVED -> {
                coordinators.forget(command);
                pause.soon(nowNanos);
            }
            default -> {
                pause.reset();
                onRefused(command, answer, verdict, nowNanos);
            }
        }
    }

    private void onDone(CoordinatorCommand command, CoordinatorAnswer answer, long nowNanos) {
        if (command instanceof FindCoordinator question) {
            coordinators.onFound(question, answer.nodeId());
        } else if (command instanceof InitProducerId) {
            onInitialized(answer, nowNanos);
        } else if (command instanceof AddPartitions adds) {
            if (calls.state() != TransactionState.ABORTING) {
                partitions.onAdded(adds.partitions());
                records.lookAgain(nowNanos);
            }
        } else if (command instanceof AddOffsets adds) {
            offsets.onGroupAdded(adds.groupId());
        } else if (command instanceof CommitOffsets commit) {
            offsets.onCommitted(commit.commit());
        } else {
            onEnded(answer, nowNanos);
        }
    }

    private void onInitialized(CoordinatorAnswer answer, long nowNanos) {
        epochSpent = false;
        takeIdentity(answer.identity(), nowNanos);
        if (calls.state() != TransactionState.INITIALIZING) {
            records.lookAgain(nowNanos);
            return;
        }
        TransactionProtocol offered = link.protocolOf(coordinators.transactionNode());
        protocol = offered == null ? protocol : offered;
        if (keepPrepared && !answer.prepared().isNone()) {
            prepared = answer.prepared();
            started = true;
            finish(TransactionEvent.FOUND_PREPARED);
        } else {
            finish(TransactionEvent.INITIALIZED);
        }
    }

    private void onEnded(CoordinatorAnswer answer, long nowNanos) {
        started = false;
        if (!answer.identity().isNone()) {
            epochSpent = false; // the second protocol raises it with every end
            takeIdentity(answer.identity(), nowNanos);
        }
    }

    private void takeIdentity(ProducerIdentity given, long nowNanos) {
        identity = given;
        records.onIdentity(given, nowNanos);
    }

    private void onRefused(CoordinatorCommand command, CoordinatorAnswer answer, AnswerVerdict verdict, long nowNanos) {
        KafkaException cause = answer.cause() == null
                ? new KafkaException("The coordinator answered " + answer.error())
                : withTime(answer.cause(), answer.error(), nowNanos);
        switch (calls.state()) {
            case INITIALIZING -> fail(TransactionEvent.INIT_REFUSED, cause, nowNanos);
            case ABORTING -> {
                if (verdict == AnswerVerdict.FATAL || command instanceof InitProducerId) {
                    fail(TransactionEvent.FAILED_FATALLY, cause, nowNanos);
                } else if (command instanceof EndTransaction || verdict == AnswerVerdict.ABORT_AND_RAISE_EPOCH) {
                    // It cannot be ended in its own name: a new epoch ends whatever there is.
                    epochSpent = true;
                    started = false;
                }
            }
            default -> {
                if (verdict == AnswerVerdict.ABORT_AND_RAISE_EPOCH) {
                    epochSpent = true;
                    // Of an id that the coordinator does not know it has no transaction, either.
                    started &= answer.error() == ErrorCode.INVALID_PRODUCER_EPOCH;
                }
                fail(
                        verdict == AnswerVerdict.FATAL ? TransactionEvent.FAILED_FATALLY : TransactionEvent.FAILED,
                        cause,
                        nowNanos);
            }
        }
    }

    /** What was open for longer than allowed has probably been aborted by the coordinator, and not by another producer. */
    private KafkaException withTime(KafkaException cause, ErrorCode error, long nowNanos) {
        long openMillis = (nowNanos - openedNanos) / 1_000_000;
        boolean past = error == ErrorCode.PRODUCER_FENCED
                || error == ErrorCode.INVALID_PRODUCER_EPOCH
                || error == ErrorCode.INVALID_TXN_STATE;
        if (!past || !open || openMillis < settings.timeoutMillis()) {
            return cause;
        }
        return Failures.again(
                cause,
                cause.getMessage() + ". The transaction was open for " + openMillis + " ms, longer than"
                        + " transaction.timeout.ms=" + settings.timeoutMillis() + ", after which the coordinator aborts"
                        + " it by itself; commit sooner, or raise it");
    }

    // ---- moves

    private void finish(TransactionEvent event) {
        Standing before = calls.move(event, null);
        if (before == null) {
            throw new IllegalStateException(event + " in state " + calls.state());
        }
        if (event == TransactionEvent.ENDED) {
            open = false;
            ending = false;
            partitions.clear();
            offsets.clear();
            prepared = ProducerIdentity.NONE;
        }
        CompletableFuture<Void> done = before.operation().done();
        callbacks.thenRun(() -> done.complete(null)); // those of its records have run when the call returns
        callbacks = CALLED;
    }

    private void fail(TransactionEvent event, KafkaException cause, long nowNanos) {
        Standing before = calls.move(event, cause);
        if (before == null) {
            return; // the first failure is the one that counts
        }
        LOG.debug("Transactional id {}: {} in state {}", transactionalId, event, before.state(), cause);
        before.operation()
                .done()
                .completeExceptionally(Failures.again(
                        cause, before.operation().call().call() + " failed: " + cause.getMessage() + advice(event)));
        if (event != TransactionEvent.INIT_REFUSED) {
            offsets.fail(cause);
            partitions.clear();
            calls.lookLater(
                    records::lookAgain); // who reports the failure may be in the middle of a partition's batches
        }
    }

    private static String advice(TransactionEvent event) {
        return switch (event) {
            case FAILED -> ". Nothing of the transaction counts; call abortTransaction(), and then begin anew";
            case FAILED_FATALLY -> ". Close the producer, remove the cause and make a new one";
            default -> ". Remove the cause and call it again";
        };
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
            default -> {
                return switch (calls.state()) {
                    case PREPARING, COMMITTING, ABORTING -> false;
                    default -> true;
                };
            }
        }
        return false;
    }

    /** What is not done never will be. The coordinator aborts an open transaction when its time is over. */
    public void giveUp(long nowNanos) {
        fail(
                TransactionEvent.FAILED_FATALLY,
                new KafkaException("The producer was closed before the coordinator had answered"),
                nowNanos);
    }

    private static final TransactedRecords NOT_YET = new TransactedRecords() {
        @Override
        public void onIdentity(ProducerIdentity identity, long nowNanos) {
            throw notYet();
        }

        @Override
        public boolean areSettled() {
            throw notYet();
        }

        @Override
        public void lookAgain(long nowNanos) {
            throw notYet();
        }

        @Override
        public CompletableFuture<Void> callbacks() {
            throw notYet();
        }

        private IllegalStateException notYet() {
            return new IllegalStateException("The engine is not put together yet");
        }
    };
}
