package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The request carried a leader epoch newer than the broker's. */
public class UnknownLeaderEpochException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public UnknownLeaderEpochException(@Nullable String message) {
        super(message);
    }

    public UnknownLeaderEpochException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
