package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker did not try this part of the request because another part failed. */
public class OperationNotAttemptedException extends ApiException {
    private static final long serialVersionUID = 1L;

    public OperationNotAttemptedException(@Nullable String message) {
        super(message);
    }

    public OperationNotAttemptedException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
