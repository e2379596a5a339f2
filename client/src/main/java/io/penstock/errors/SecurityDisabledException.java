package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker runs without the security feature that the request needs. */
public class SecurityDisabledException extends ApiException {
    private static final long serialVersionUID = 1L;

    public SecurityDisabledException(@Nullable String message) {
        super(message);
    }

    public SecurityDisabledException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
