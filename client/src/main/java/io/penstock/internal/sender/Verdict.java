package io.penstock.internal.sender;

import io.penstock.wire.ErrorCode;

/** What an answer means for its batch: a pure function of the error. */
enum Verdict {
    WRITTEN,
    RETRY,
    TOO_LARGE,
    /** The broker's idea of the producer's sequence is not ours. */
    SEQUENCE,
    FAILED;

    static Verdict of(ErrorCode error, boolean idempotent) {
        return switch (error) {
            case NONE -> WRITTEN;
            // The broker has it, but too long ago to still know its offset.
            case DUPLICATE_SEQUENCE_NUMBER -> idempotent ? WRITTEN : FAILED;
            case MESSAGE_TOO_LARGE, RECORD_LIST_TOO_LARGE -> TOO_LARGE;
            case OUT_OF_ORDER_SEQUENCE_NUMBER, UNKNOWN_PRODUCER_ID, INVALID_PRODUCER_EPOCH ->
                idempotent ? SEQUENCE : FAILED;
            default -> error.retriable() ? RETRY : FAILED;
        };
    }

    /**
     * Whether a broker that answers so has certainly not written the batch in this attempt.
     *
     * <p>Only what is checked before the append counts. The others can also come after it: a leader that steps down while
     * it waits for its followers answers NOT_LEADER_OR_FOLLOWER for a batch that may well survive.
     */
    static boolean saysNotWritten(ErrorCode error) {
        return switch (error) {
            case MESSAGE_TOO_LARGE,
                    RECORD_LIST_TOO_LARGE,
                    CORRUPT_MESSAGE,
                    INVALID_RECORD,
                    INVALID_TIMESTAMP,
                    INVALID_REQUIRED_ACKS,
                    INVALID_TOPIC_EXCEPTION,
                    INVALID_REQUEST,
                    UNSUPPORTED_VERSION,
                    UNSUPPORTED_COMPRESSION_TYPE,
                    UNSUPPORTED_FOR_MESSAGE_FORMAT,
                    TOPIC_AUTHORIZATION_FAILED,
                    CLUSTER_AUTHORIZATION_FAILED,
                    TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
                    POLICY_VIOLATION,
                    NOT_ENOUGH_REPLICAS,
                    THROTTLING_QUOTA_EXCEEDED,
                    OUT_OF_ORDER_SEQUENCE_NUMBER,
                    UNKNOWN_PRODUCER_ID,
                    INVALID_PRODUCER_EPOCH,
                    PRODUCER_FENCED,
                    INVALID_TXN_STATE,
                    INVALID_PRODUCER_ID_MAPPING,
                    CONCURRENT_TRANSACTIONS,
                    TRANSACTION_ABORTABLE,
                    UNKNOWN_TOPIC_ID -> true;
            default -> false;
        };
    }
}
