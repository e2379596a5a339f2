package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The offset lies outside the partition's log. */
public class OffsetOutOfRangeException extends InvalidOffsetException {
    private static final long serialVersionUID = 1L;

    public OffsetOutOfRangeException(@Nullable String message) {
        super(message);
    }

    public OffsetOutOfRangeException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
