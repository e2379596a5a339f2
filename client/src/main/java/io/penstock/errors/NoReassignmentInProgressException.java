package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** No reassignment of that partition is under way. */
public class NoReassignmentInProgressException extends ApiException {
    private static final long serialVersionUID = 1L;

    public NoReassignmentInProgressException(@Nullable String message) {
        super(message);
    }

    public NoReassignmentInProgressException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
