package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The request was rejected because it exceeds a quota. */
public class ThrottlingQuotaExceededException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public ThrottlingQuotaExceededException(@Nullable String message) {
        super(message);
    }

    public ThrottlingQuotaExceededException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
