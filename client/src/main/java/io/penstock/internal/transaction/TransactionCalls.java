package io.penstock.internal.transaction;

import io.penstock.errors.KafkaException;
import io.penstock.internal.loop.LoopTask;
import io.penstock.internal.loop.Mailbox;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The standing of the transaction, and the callers' way to it.
 *
 * <p>Any thread, without a lock. One reference holds all that threads see of each other. A call moves it by compare-and-set, at
 * the call, so that the next call of any thread finds the new state; what a call sets in motion, and every move that is not a
 * call, is the loop's. A call that finds the same call under way joins it.
 */
final class TransactionCalls {

    private final Mailbox mailbox;
    private final AtomicReference<Standing> standing = new AtomicReference<>(Standing.FIRST);

    /** Threads between the question whether they may send and their record's being in its batch, or waiting line. */
    private final AtomicInteger sendersInside = new AtomicInteger();

    private final LoopTask nobodyInside;

    /** @param nobodyInside posted when the last sender has left in a state in which nobody may send */
    TransactionCalls(Mailbox mailbox, LoopTask nobodyInside) {
        this.mailbox = mailbox;
        this.nobodyInside = nobodyInside;
    }

    Standing now() {
        return Objects.requireNonNull(standing.get(), "there is always a standing");
    }

    TransactionState state() {
        return now().state();
    }

    /**
     * Makes the call's move.
     *
     * @param onLoop what it sets in motion; not posted when the call joins another one
     */
    Operation call(TransactionEvent call, LoopTask onLoop) {
        while (true) {
            Standing seen = now();
            if (seen.operation().call() == call && seen.operation().isUnderWay()) {
                return seen.operation();
            }
            TransactionState next = TransactionTable.after(seen.state(), call);
            if (next == null) {
                throw refusal(seen, call);
            }
            Operation operation = call == TransactionEvent.BEGIN ? Operation.NONE : Operation.of(call);
            Standing moved = new Standing(next, operation, seen.cause());
            if (standing.compareAndSet(seen, moved)) {
                // What a begin sets in motion nobody waits for: the first record, or the end, calls the loop.
                if (!(call == TransactionEvent.BEGIN ? mailbox.postQuietly(onLoop) : mailbox.post(onLoop))) {
                    standing.compareAndSet(moved, seen); // a closed producer stays where it was
                    throw closed();
                }
                return operation;
            }
        }
    }

    /** Throws unless the call has its place now; it moves nothing. */
    void check(TransactionEvent call) {
        Standing seen = now();
        if (TransactionTable.after(seen.state(), call) == null) {
            throw refusal(seen, call);
        }
    }

    void post(LoopTask task) {
        if (!mailbox.post(task)) {
            throw closed();
        }
    }

    /** A closed producer says first that it is, whatever state its last turn has left behind; unless it has failed before. */
    private RuntimeException refusal(Standing seen, TransactionEvent call) {
        return mailbox.isClosed() && seen.cause() == null ? closed() : Misuse.of(seen, call);
    }

    private static IllegalStateException closed() {
        return new IllegalStateException(
                "The producer is closed; what it had not committed is aborted. Make a new one.");
    }

    /** Loop: does it later in this turn, or never when the loop is ending. */
    void lookLater(LoopTask task) {
        mailbox.post(task);
    }

    /** A record, or offsets, are about to be admitted; {@link #leave} follows unless this throws. */
    void enter(TransactionEvent call) {
        sendersInside.incrementAndGet();
        Standing seen = now();
        if (seen.state() != TransactionState.IN_TRANSACTION) {
            leave();
            throw refusal(seen, call);
        }
    }

    void leave() {
        if (sendersInside.decrementAndGet() == 0 && state() != TransactionState.IN_TRANSACTION) {
            mailbox.post(nobodyInside);
        }
    }

    /** Once it is false in a state in which nobody may send, it stays so. */
    boolean hasSendersInside() {
        return sendersInside.get() > 0;
    }

    /**
     * Loop: moves for an event that is no call, and ends the operation under way where the new state is not on its way.
     *
     * @param cause kept when it is a failure
     * @return the standing before, or null when the event means nothing in this state
     */
    @Nullable
    Standing move(TransactionEvent event, @Nullable KafkaException cause) {
        while (true) {
            Standing seen = now();
            TransactionState next = TransactionTable.after(seen.state(), event);
            if (next == null) {
                return null;
            }
            boolean failed = next == TransactionState.ABORTABLE_ERROR || next == TransactionState.FATAL_ERROR;
            if (standing.compareAndSet(seen, new Standing(next, Operation.NONE, failed ? cause : null))) {
                return seen;
            }
        }
    }
}
