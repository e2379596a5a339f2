package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** No coordinator is available at this moment. */
public class CoordinatorNotAvailableException extends RefreshRetriableException {
    private static final long serialVersionUID = 1L;

    public CoordinatorNotAvailableException(@Nullable String message) {
        super(message);
    }

    public CoordinatorNotAvailableException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
