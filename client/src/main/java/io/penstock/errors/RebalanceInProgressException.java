package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The group is rebalancing; the consumer has to join again. */
public class RebalanceInProgressException extends ApiException {
    private static final long serialVersionUID = 1L;

    public RebalanceInProgressException(@Nullable String message) {
        super(message);
    }

    public RebalanceInProgressException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
