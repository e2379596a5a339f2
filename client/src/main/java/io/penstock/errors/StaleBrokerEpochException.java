package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker's epoch is not the current one. */
public class StaleBrokerEpochException extends ApiException {
    private static final long serialVersionUID = 1L;

    public StaleBrokerEpochException(@Nullable String message) {
        super(message);
    }

    public StaleBrokerEpochException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
