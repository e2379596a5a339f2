package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** A broker with that id is registered already. */
public class DuplicateBrokerRegistrationException extends ApiException {
    private static final long serialVersionUID = 1L;

    public DuplicateBrokerRegistrationException(@Nullable String message) {
        super(message);
    }

    public DuplicateBrokerRegistrationException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
