package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The position lies outside the file or snapshot. */
public class PositionOutOfRangeException extends ApiException {
    private static final long serialVersionUID = 1L;

    public PositionOutOfRangeException(@Nullable String message) {
        super(message);
    }

    public PositionOutOfRangeException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
