package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The request is not allowed on a connection authenticated this way. */
public class UnsupportedByAuthenticationException extends ApiException {
    private static final long serialVersionUID = 1L;

    public UnsupportedByAuthenticationException(@Nullable String message) {
        super(message);
    }

    public UnsupportedByAuthenticationException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
