package io.penstock.internal.completion;

import io.penstock.errors.KafkaException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a batch ended, once and for all. */
public sealed interface BatchResult {

    /**
     * The broker has it, or was told and does not answer (acks 0).
     *
     * @param baseOffset of the first record; -1 when the broker did not say
     * @param logAppendTime the broker's time of append in milliseconds; -1 for CREATE_TIME
     */
    record Written(long baseOffset, long logAppendTime) implements BatchResult {}

    /**
     * It was given up.
     *
     * @param cause for every record that {@code perRecord} does not name; carries the outcome
     * @param perRecord causes of single records by index in the batch (KIP-467), or null
     */
    record Failed(KafkaException cause, @Nullable Map<Integer, KafkaException> perRecord) implements BatchResult {

        KafkaException causeOf(int index) {
            KafkaException own = perRecord == null ? null : perRecord.get(index);
            return own == null ? cause : own;
        }
    }

    static BatchResult failed(KafkaException cause) {
        return new Failed(cause, null);
    }
}
