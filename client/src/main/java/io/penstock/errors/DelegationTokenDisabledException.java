package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** Delegation tokens are switched off on the broker. */
public class DelegationTokenDisabledException extends ApiException {
    private static final long serialVersionUID = 1L;

    public DelegationTokenDisabledException(@Nullable String message) {
        super(message);
    }

    public DelegationTokenDisabledException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
