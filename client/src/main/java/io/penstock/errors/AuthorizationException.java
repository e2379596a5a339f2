package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker knows this client and does not allow it the operation. */
public class AuthorizationException extends InvalidConfigurationException {
    private static final long serialVersionUID = 1L;

    public AuthorizationException(@Nullable String message) {
        super(message);
    }

    public AuthorizationException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
