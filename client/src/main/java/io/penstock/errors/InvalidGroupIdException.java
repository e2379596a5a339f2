package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The group id is invalid. */
public class InvalidGroupIdException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidGroupIdException(@Nullable String message) {
        super(message);
    }

    public InvalidGroupIdException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
