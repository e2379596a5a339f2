package io.penstock.internal.transaction;

import io.penstock.internal.transaction.CoordinatorCommand.CommitOffsets;
import io.penstock.internal.transaction.CoordinatorCommand.EndTransaction;
import io.penstock.internal.transaction.CoordinatorCommand.FindCoordinator;
import io.penstock.internal.transaction.CoordinatorCommand.InitProducerId;
import io.penstock.wire.ErrorCode;

/** What a coordinator's answer means: a pure function of the request and the error. */
enum AnswerVerdict {
    DONE,
    /** The same again, after the usual backoff. */
    RETRY,
    /** The same, for half the time that the transaction may be open: the other half is left for aborting it. */
    RETRY_WHILE_OPEN,
    /** The same again in a moment: the end of the last transaction is still being written to its partitions. */
    RETRY_SOON,
    /** Somebody else coordinates by now. */
    MOVED,
    /** The transaction cannot be committed; aborting it is enough. */
    ABORT,
    /** The same, and the epoch must be raised before the next one (KIP-360, KIP-588). */
    ABORT_AND_RAISE_EPOCH,
    FATAL;

    static AnswerVerdict of(CoordinatorCommand command, ErrorCode error) {
        return switch (error) {
            case NONE -> DONE;
            case CONCURRENT_TRANSACTIONS -> RETRY_SOON;
            case NOT_COORDINATOR, COORDINATOR_NOT_AVAILABLE -> command instanceof FindCoordinator ? RETRY : MOVED;
            // A new topic's metadata may be late; the group's coordinator learns of topics last. But one that never
            // comes must not
            // hold up the end for ever.
            case UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_ID -> RETRY_WHILE_OPEN;
            case TOPIC_AUTHORIZATION_FAILED,
                    GROUP_AUTHORIZATION_FAILED,
                    TRANSACTION_ABORTABLE,
                    FENCED_INSTANCE_ID,
                    UNKNOWN_MEMBER_ID,
                    ILLEGAL_GENERATION,
                    STALE_MEMBER_EPOCH,
                    FENCED_MEMBER_EPOCH,
                    OFFSET_METADATA_TOO_LARGE,
                    INVALID_COMMIT_OFFSET_SIZE,
                    GROUP_ID_NOT_FOUND,
                    INVALID_GROUP_ID -> ABORT;
            // Who asks for a new epoch and is told that its old one is past has been replaced.
            case INVALID_PRODUCER_EPOCH -> command instanceof InitProducerId ? FATAL : ABORT_AND_RAISE_EPOCH;
            case UNKNOWN_PRODUCER_ID, INVALID_PRODUCER_ID_MAPPING ->
                command instanceof InitProducerId || command instanceof CommitOffsets ? FATAL : ABORT_AND_RAISE_EPOCH;
            // The coordinator has aborted it by itself, its time being over, and an abort brings the two together
            // again; or it
            // never began, and then only a new epoch makes sure that no request of ours is still on its way.
            case INVALID_TXN_STATE -> {
                if (command instanceof InitProducerId) {
                    yield FATAL;
                }
                yield command instanceof EndTransaction end && !end.committed() ? ABORT_AND_RAISE_EPOCH : ABORT;
            }
            default -> error.retriable() ? RETRY : FATAL;
        };
    }
}
