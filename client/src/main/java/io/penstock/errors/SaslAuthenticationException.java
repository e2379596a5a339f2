package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** SASL authentication failed: the mechanism, the name or the secret is not accepted. */
public class SaslAuthenticationException extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    public SaslAuthenticationException(@Nullable String message) {
        super(message);
    }

    public SaslAuthenticationException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
