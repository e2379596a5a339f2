package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The share coordinator has a newer state epoch. */
public class FencedStateEpochException extends ApiException {
    private static final long serialVersionUID = 1L;

    public FencedStateEpochException(@Nullable String message) {
        super(message);
    }

    public FencedStateEpochException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
