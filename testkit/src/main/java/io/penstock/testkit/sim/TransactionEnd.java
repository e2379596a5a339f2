package io.penstock.testkit.sim;

import io.penstock.internal.transaction.Operation;
import io.penstock.internal.transaction.TransactionDesk;
import io.penstock.internal.transaction.TransactionState;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The commit or abort of one transaction, for its {@link TransactionSteps}; its session goes on after it, or dies of it.
 *
 * <p>The transaction says at any time how it has ended as far as its application can know; between the call of a commit and its answer
 * that is {@link SimTransaction.End#UNKNOWN}.
 */
final class TransactionEnd {

    private final TransactionalSession session;
    private final SessionParts parts;
    private final Parts run;
    private final SessionThread thread;
    private final SimTransaction of;
    private final TransactionDesk desk;
    private final RandomGenerator random;

    TransactionEnd(TransactionalSession session, SessionParts parts, SessionThread thread, SimTransaction of) {
        this.session = session;
        this.parts = parts;
        this.run = parts.run();
        this.thread = thread;
        this.of = of;
        this.desk = parts.desk();
        this.random = parts.random();
    }

    /** A commit mostly, an abort now and then, and once in a while none. */
    void draw() {
        int how = random.nextInt(20);
        if (how == 0) {
            run.trace().note("%s gives up in the middle", session);
            session.die();
        } else if (how < 4) {
            abort();
        } else {
            commit(() -> {});
        }
    }

    void commit(Runnable onCommitted) {
        thread.doing("commit");
        thread.call(
                () -> {
                    if (desk.state() == TransactionState.IN_TRANSACTION) {
                        onCommitCalled();
                    }
                    parts.calls().commit();
                },
                () -> {
                    Operation operation = desk.commit();
                    onCommitCalled();
                    if (random.nextInt(4) == 0 && desk.commit() != operation) {
                        run.findings().add("AtomicTransactions", "a second commit waits for another end: " + session);
                    }
                    return operation.done();
                },
                this::onCommit,
                failure -> {
                    if (failure == null) {
                        onCommitted.run();
                        session.next();
                    } else if (desk.state() == TransactionState.FATAL_ERROR) {
                        session.die();
                    } else {
                        abort();
                    }
                },
                this::onOutOfTime);
    }

    private void onCommitCalled() {
        of.end = SimTransaction.End.UNKNOWN; // until it is known
        of.commitCalledNanos = run.clock().now();
    }

    /** The commit that was called is still under way: waits for it once more, or wants it undone, which is too late or is not. */
    private void onOutOfTime(Runnable again) {
        if (random.nextInt(4) > 0) {
            again.run();
            return;
        }
        thread.block(
                () -> parts.calls().abort(),
                this::onAbort,
                failure -> {
                    if (failure instanceof IllegalStateException) {
                        again.run();
                    } else {
                        onAbortDone(failure);
                    }
                },
                Runnable::run);
    }

    private void onCommit(@Nullable Throwable failure) {
        if (failure == null) {
            of.end = SimTransaction.End.COMMITTED;
            for (SimRecord record : of.records) {
                if (!record.isOver()) {
                    run.findings().add("AtomicTransactions", "a commit was done before the end of " + record);
                }
            }
        } else if (of.end == SimTransaction.End.UNKNOWN && desk.state() != TransactionState.FATAL_ERROR) {
            of.end = SimTransaction.End.REFUSED;
            of.refusal = failure;
            of.taken = session.isTaken();
        }
    }

    void abort() {
        thread.doing("abort");
        thread.call(
                () -> parts.calls().abort(),
                () -> desk.abort().done(),
                this::onAbort,
                this::onAbortDone,
                Runnable::run);
    }

    private void onAbort(@Nullable Throwable failure) {
        if (failure == null) {
            of.end = SimTransaction.End.ABORTED;
        }
    }

    private void onAbortDone(@Nullable Throwable failure) {
        if (failure == null) {
            session.next();
        } else {
            session.die();
        }
    }
}
