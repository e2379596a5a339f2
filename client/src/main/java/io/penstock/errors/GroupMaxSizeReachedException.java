package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The group is full. */
public class GroupMaxSizeReachedException extends ApiException {
    private static final long serialVersionUID = 1L;

    public GroupMaxSizeReachedException(@Nullable String message) {
        super(message);
    }

    public GroupMaxSizeReachedException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
