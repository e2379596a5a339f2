package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/**
 * A broker answered a passing condition that no producer should be told: one of consumers' or administrators', which Kafka's client
 * has a class for. The message names it. One that does not pass is an {@link UnknownServerException}.
 */
public class UnexpectedRetriableException extends RetriableException {
    private static final long serialVersionUID = 1L;

    private final int errorCode;

    public UnexpectedRetriableException(@Nullable String message, int errorCode) {
        super(message);
        this.errorCode = errorCode;
    }

    /** What the broker answered, as the protocol numbers it. */
    public int errorCode() {
        return errorCode;
    }
}
