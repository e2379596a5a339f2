package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The delegation token belongs to someone else. */
public class DelegationTokenOwnerMismatchException extends ApiException {
    private static final long serialVersionUID = 1L;

    public DelegationTokenOwnerMismatchException(@Nullable String message) {
        super(message);
    }

    public DelegationTokenOwnerMismatchException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
