package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The request violates a policy set on the broker. */
public class PolicyViolationException extends ApiException {
    private static final long serialVersionUID = 1L;

    public PolicyViolationException(@Nullable String message) {
        super(message);
    }

    public PolicyViolationException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
