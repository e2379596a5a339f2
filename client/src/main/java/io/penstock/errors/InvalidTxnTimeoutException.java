package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/**
 * {@code transaction.timeout.ms} is larger than the broker's {@code transaction.max.timeout.ms}. Fatal for
 * the producer.
 */
public class InvalidTxnTimeoutException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidTxnTimeoutException(@Nullable String message) {
        super(message);
    }

    public InvalidTxnTimeoutException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean isFatal() {
        return true;
    }
}
