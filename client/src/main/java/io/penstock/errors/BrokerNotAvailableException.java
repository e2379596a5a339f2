package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker asked for is not available. */
public class BrokerNotAvailableException extends ApiException {
    private static final long serialVersionUID = 1L;

    public BrokerNotAvailableException(@Nullable String message) {
        super(message);
    }

    public BrokerNotAvailableException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
