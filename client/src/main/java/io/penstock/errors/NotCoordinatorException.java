package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker asked is not the coordinator of that id. */
public class NotCoordinatorException extends RefreshRetriableException {
    private static final long serialVersionUID = 1L;

    public NotCoordinatorException(@Nullable String message) {
        super(message);
    }

    public NotCoordinatorException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
