package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The TLS handshake failed, for instance over a certificate that is not trusted. */
public class SslAuthenticationException extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    public SslAuthenticationException(@Nullable String message) {
        super(message);
    }

    public SslAuthenticationException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
