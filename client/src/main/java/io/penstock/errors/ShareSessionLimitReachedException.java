package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker holds as many share sessions as it may. */
public class ShareSessionLimitReachedException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public ShareSessionLimitReachedException(@Nullable String message) {
        super(message);
    }

    public ShareSessionLimitReachedException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
