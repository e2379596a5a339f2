package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The delegation token has expired. */
public class DelegationTokenExpiredException extends ApiException {
    private static final long serialVersionUID = 1L;

    public DelegationTokenExpiredException(@Nullable String message) {
        super(message);
    }

    public DelegationTokenExpiredException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
