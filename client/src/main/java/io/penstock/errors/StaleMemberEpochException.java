package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The group member's epoch is not the current one. */
public class StaleMemberEpochException extends ApiException {
    private static final long serialVersionUID = 1L;

    public StaleMemberEpochException(@Nullable String message) {
        super(message);
    }

    public StaleMemberEpochException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
