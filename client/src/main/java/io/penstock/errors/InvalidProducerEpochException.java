package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The producer's epoch is older than the broker's. The transaction has to be aborted. */
public class InvalidProducerEpochException extends ApplicationRecoverableException {
    private static final long serialVersionUID = 1L;

    public InvalidProducerEpochException(@Nullable String message) {
        super(message);
    }

    public InvalidProducerEpochException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
