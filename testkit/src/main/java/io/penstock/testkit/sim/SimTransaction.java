package io.penstock.testkit.sim;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One transaction: what was sent in it, and what its application was told of its end. */
final class SimTransaction {

    /** How it ended, as far as its application knows. */
    enum End {
        /** Nobody has asked for a commit. */
        OPEN,
        COMMITTED,
        ABORTED,
        /** The commit was refused in a way that says that nothing of it counts. */
        REFUSED,
        /** A commit was asked for, and it is not known what came of it. */
        UNKNOWN
    }

    /** No position was sent, or it failed. */
    static final long NO_POSITION = -1;

    final int number;
    final TransactionalSession session;
    final List<SimRecord> records = new ArrayList<>();
    End end = End.OPEN;

    /** What the group was told; the call has not failed. */
    long position = NO_POSITION;

    boolean positionFailed;

    /** Why its commit was refused. */
    @Nullable
    Throwable refusal;

    /** The coordinator had taken the id from its producer by then. */
    boolean taken;

    long commitCalledNanos = Agenda.NEVER;

    SimTransaction(int number, TransactionalSession session) {
        this.number = number;
        this.session = session;
    }

    /** Nothing of it must ever be seen. */
    boolean isNothing() {
        return end == End.OPEN || end == End.ABORTED || end == End.REFUSED;
    }

    @Override
    public String toString() {
        return "transaction " + number + " of " + session + " (" + end + ", " + records.size() + " record(s)"
                + (position == NO_POSITION ? "" : ", position " + position) + (positionFailed ? ", failed" : "") + ")";
    }
}
