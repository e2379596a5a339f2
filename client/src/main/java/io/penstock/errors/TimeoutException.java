package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/**
 * A time limit passed: {@code max.block.ms} while waiting for metadata or memory, {@code
 * delivery.timeout.ms} for a record, or the broker's own while replicating.
 */
public class TimeoutException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public TimeoutException(@Nullable String message) {
        super(message);
    }

    public TimeoutException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
