package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** This client may not use that delegation token. */
public class DelegationTokenAuthorizationException extends AuthorizationException {
    private static final long serialVersionUID = 1L;

    public DelegationTokenAuthorizationException(@Nullable String message) {
        super(message);
    }

    public DelegationTokenAuthorizationException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
