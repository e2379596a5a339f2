package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The new leader does not yet know its high watermark. */
public class OffsetNotAvailableException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public OffsetNotAvailableException(@Nullable String message) {
        super(message);
    }

    public OffsetNotAvailableException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
