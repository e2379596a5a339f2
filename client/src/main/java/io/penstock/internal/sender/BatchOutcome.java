package io.penstock.internal.sender;

import io.penstock.errors.KafkaException;
import io.penstock.wire.ErrorCode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A broker's answer for one batch.
 *
 * @param baseOffset of the first record; -1 when unknown
 * @param logAppendTime the broker's, in milliseconds; -1 for CREATE_TIME
 * @param cause what callers are told when it ends here; null when there is no error
 * @param recordCauses the same for single records, by index in the batch (KIP-467); null when none is named
 */
public record BatchOutcome(
        ErrorCode error,
        long baseOffset,
        long logAppendTime,
        @Nullable KafkaException cause,
        @Nullable Map<Integer, KafkaException> recordCauses) {

    /** Written, or with acks 0 only sent: then offset and time are -1. */
    public static BatchOutcome written(long baseOffset, long logAppendTime) {
        return new BatchOutcome(ErrorCode.NONE, baseOffset, logAppendTime, null, null);
    }

    public static BatchOutcome refused(
            ErrorCode error, KafkaException cause, @Nullable Map<Integer, KafkaException> recordCauses) {
        return new BatchOutcome(error, -1, -1, cause, recordCauses);
    }
}
