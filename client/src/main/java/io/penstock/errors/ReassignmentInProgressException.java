package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** A reassignment of the partition is under way. */
public class ReassignmentInProgressException extends ApiException {
    private static final long serialVersionUID = 1L;

    public ReassignmentInProgressException(@Nullable String message) {
        super(message);
    }

    public ReassignmentInProgressException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
