package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** A passing condition that asks for fresh knowledge first: of the leader, or of the coordinator. */
public abstract class RefreshRetriableException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public RefreshRetriableException(@Nullable String message) {
        super(message);
    }

    public RefreshRetriableException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
