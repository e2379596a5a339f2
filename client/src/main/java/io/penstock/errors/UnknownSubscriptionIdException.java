package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The metrics subscription has changed; it has to be fetched again. */
public class UnknownSubscriptionIdException extends ApiException {
    private static final long serialVersionUID = 1L;

    public UnknownSubscriptionIdException(@Nullable String message) {
        super(message);
    }

    public UnknownSubscriptionIdException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
