package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The group's coordinator has no such assignor. */
public class UnsupportedAssignorException extends ApiException {
    private static final long serialVersionUID = 1L;

    public UnsupportedAssignorException(@Nullable String message) {
        super(message);
    }

    public UnsupportedAssignorException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
