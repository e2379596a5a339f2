package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/**
 * The broker failed in a way that it has no code for, or answered a code that this client does not know.
 * Its log says more.
 */
public class UnknownServerException extends ApiException {
    private static final long serialVersionUID = 1L;

    public UnknownServerException(@Nullable String message) {
        super(message);
    }

    public UnknownServerException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
