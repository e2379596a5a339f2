package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/**
 * The producer or the consumer behind it has lost its place; the application recovers by starting a new one
 * (KIP-1050).
 */
public abstract class ApplicationRecoverableException extends ApiException {
    private static final long serialVersionUID = 1L;

    public ApplicationRecoverableException(@Nullable String message) {
        super(message);
    }

    public ApplicationRecoverableException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
