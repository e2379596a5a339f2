package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker's registration is invalid. */
public class InvalidRegistrationException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidRegistrationException(@Nullable String message) {
        super(message);
    }

    public InvalidRegistrationException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
