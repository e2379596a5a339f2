package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The version of the update is not the expected one. */
public class InvalidUpdateVersionException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidUpdateVersionException(@Nullable String message) {
        super(message);
    }

    public InvalidUpdateVersionException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
