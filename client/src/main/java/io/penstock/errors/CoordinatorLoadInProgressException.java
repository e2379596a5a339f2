package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The coordinator is still loading its state. */
public class CoordinatorLoadInProgressException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public CoordinatorLoadInProgressException(@Nullable String message) {
        super(message);
    }

    public CoordinatorLoadInProgressException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
