package io.penstock.testkit.fake;

import java.util.Set;

/** Where a transactional id stands, in the coordinator's own terms; each state lists those that may follow it. */
public enum TransactionState {
    /** The producer has its id and epoch, and no transaction since. */
    EMPTY,
    /** At least one partition or group is in the transaction. */
    ONGOING,
    /** Decided: the transaction is committed, and markers are on their way. */
    PREPARE_COMMIT,
    /** Decided: the transaction is aborted, and markers are on their way. */
    PREPARE_ABORT,
    /** All commit markers are written. */
    COMPLETE_COMMIT,
    /** All abort markers are written. */
    COMPLETE_ABORT;

    /** What may come next. */
    public Set<TransactionState> successors() {
        return switch (this) {
            case EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT -> Set.of(EMPTY, ONGOING, PREPARE_ABORT);
            case ONGOING -> Set.of(ONGOING, PREPARE_COMMIT, PREPARE_ABORT);
            case PREPARE_COMMIT -> Set.of(COMPLETE_COMMIT);
            case PREPARE_ABORT -> Set.of(COMPLETE_ABORT);
        };
    }

    /** Whether it is decided and its markers are not all written. */
    public boolean isPrepared() {
        return this == PREPARE_COMMIT || this == PREPARE_ABORT;
    }
}
