package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The group still has members. */
public class GroupNotEmptyException extends ApiException {
    private static final long serialVersionUID = 1L;

    public GroupNotEmptyException(@Nullable String message) {
        super(message);
    }

    public GroupNotEmptyException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
