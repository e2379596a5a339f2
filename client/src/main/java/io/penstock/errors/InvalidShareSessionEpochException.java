package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The epoch of the share session is wrong. */
public class InvalidShareSessionEpochException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public InvalidShareSessionEpochException(@Nullable String message) {
        super(message);
    }

    public InvalidShareSessionEpochException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
