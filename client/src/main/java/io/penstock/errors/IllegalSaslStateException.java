package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The SASL exchange received a request that its state does not allow. */
public class IllegalSaslStateException extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    public IllegalSaslStateException(@Nullable String message) {
        super(message);
    }

    public IllegalSaslStateException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
