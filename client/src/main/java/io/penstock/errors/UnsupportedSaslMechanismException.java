package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker does not offer that SASL mechanism. */
public class UnsupportedSaslMechanismException extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    public UnsupportedSaslMechanismException(@Nullable String message) {
        super(message);
    }

    public UnsupportedSaslMechanismException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
