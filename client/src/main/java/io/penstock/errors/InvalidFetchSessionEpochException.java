package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The epoch of the fetch session is wrong. */
public class InvalidFetchSessionEpochException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public InvalidFetchSessionEpochException(@Nullable String message) {
        super(message);
    }

    public InvalidFetchSessionEpochException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
