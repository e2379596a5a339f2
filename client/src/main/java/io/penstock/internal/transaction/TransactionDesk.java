package io.penstock.internal.transaction;

import io.penstock.errors.KafkaException;
import io.penstock.internal.identity.ProducerIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a user makes of a transactional producer.
 *
 * <p>Any thread; never blocks. Each throws when it has no place in the state it meets, and otherwise returns what will be done when
 * the coordinator has answered.
 */
public final class TransactionDesk {

    private final TransactionMachine machine;

    public TransactionDesk(TransactionMachine machine) {
        this.machine = machine;
    }

    public Operation initialize(boolean keepPrepared) {
        if (keepPrepared) {
            requireTwoPhases("initTransactions(true)");
        }
        return machine.initialize(keepPrepared);
    }

    public void begin() {
        machine.call(TransactionEvent.BEGIN);
    }

    public void sendOffsets(OffsetCommit commit) {
        machine.sendOffsets(commit);
    }

    /** Throws unless the call has its place now. */
    public void check(TransactionEvent call) {
        machine.calls().check(call);
    }

    public Operation prepare() {
        requireTwoPhases(TransactionEvent.PREPARE.call());
        return machine.call(TransactionEvent.PREPARE);
    }

    public Operation commit() {
        return machine.call(TransactionEvent.COMMIT);
    }

    public Operation abort() {
        return machine.call(TransactionEvent.ABORT);
    }

    /** The commit or abort that is under way; null without. */
    public @Nullable Operation ending() {
        Standing now = machine.calls().now();
        return switch (now.state()) {
            case COMMITTING, ABORTING -> now.operation();
            default -> null;
        };
    }

    /** Should the commit fail, which nobody waits for any more, the transaction is aborted at once. */
    public void abortIfFails(Operation commit) {
        commit.done().whenComplete((nothing, failure) -> {
            if (failure != null && state() == TransactionState.ABORTABLE_ERROR) {
                abort();
            }
        });
    }

    private void requireTwoPhases(String call) {
        if (!machine.hasTwoPhases()) {
            throw new IllegalStateException("Cannot call " + call + ": a prepared transaction would expire; set"
                    + " transaction.two.phase.commit.enable=true, or call commitTransaction()");
        }
    }

    /** What the prepared transaction is known by; none when none is prepared. */
    public ProducerIdentity prepared() {
        return machine.prepared();
    }

    /** What the coordinator knows the producer by; loop only. */
    public ProducerIdentity identity() {
        return machine.identity();
    }

    public TransactionState state() {
        return machine.calls().state();
    }

    /** A record is about to be admitted; throws when none may be. {@link #leave} follows unless it throws. */
    public void enter() {
        machine.calls().enter(TransactionEvent.SEND);
    }

    /** The record is in its batch, or never will be. */
    public void leave() {
        machine.calls().leave();
    }

    /** It never will be, for this reason. */
    public void refused(KafkaException cause) {
        machine.onRefused(cause);
    }
}
