package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker does not know that delegation token. */
public class DelegationTokenNotFoundException extends ApiException {
    private static final long serialVersionUID = 1L;

    public DelegationTokenNotFoundException(@Nullable String message) {
        super(message);
    }

    public DelegationTokenNotFoundException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
