package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The type of the principal is not supported. */
public class InvalidPrincipalTypeException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidPrincipalTypeException(@Nullable String message) {
        super(message);
    }

    public InvalidPrincipalTypeException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
