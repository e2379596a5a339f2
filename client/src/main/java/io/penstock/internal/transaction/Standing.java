package io.penstock.internal.transaction;

import io.penstock.errors.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * What every thread sees of the transaction at one moment.
 *
 * @param operation the call under way
 * @param cause the first one, while the transaction or the producer has failed; null otherwise
 */
record Standing(
        TransactionState state,
        Operation operation,
        @Nullable KafkaException cause) {

    static final Standing FIRST = new Standing(TransactionState.UNINITIALIZED, Operation.NONE, null);
}
