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
    private final Parts run;
    private final SessionThread thread;
    private final SimTransaction of;
    private final TransactionDesk desk;
    private final RandomGenerator random;

    TransactionEnd(TransactionalSession session, SessionParts parts, SessionThread thread, SimTransaction of) {
        this.session = session;
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
                    Operation operation = desk.commit();
                    of.end = SimTransaction.End.UNKNOWN; // until it is known
                    of.commitCalledNanos = run.clock().now();
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
                });
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
        }
    }

    void abort() {
        thread.doing("abort");
        thread.call(
                () -> desk.abort().done(),
                failure -> {
                    if (failure == null) {
                        of.end = SimTransaction.End.ABORTED;
                    }
                },
                failure -> {
                    if (failure == null) {
                        session.next();
                    } else {
                        session.die();
                    }
                });
    }
}
