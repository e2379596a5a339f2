package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The request names one resource twice. */
public class DuplicateResourceException extends ApiException {
    private static final long serialVersionUID = 1L;

    public DuplicateResourceException(@Nullable String message) {
        super(message);
    }

    public DuplicateResourceException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
