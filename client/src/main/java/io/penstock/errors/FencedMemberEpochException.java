package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The group member's epoch is fenced; the member has to join again. */
public class FencedMemberEpochException extends ApiException {
    private static final long serialVersionUID = 1L;

    public FencedMemberEpochException(@Nullable String message) {
        super(message);
    }

    public FencedMemberEpochException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
