package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The offset is not valid for the partition. */
public class InvalidOffsetException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidOffsetException(@Nullable String message) {
        super(message);
    }

    public InvalidOffsetException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
