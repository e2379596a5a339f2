package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker has no such log directory. */
public class LogDirNotFoundException extends ApiException {
    private static final long serialVersionUID = 1L;

    public LogDirNotFoundException(@Nullable String message) {
        super(message);
    }

    public LogDirNotFoundException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
