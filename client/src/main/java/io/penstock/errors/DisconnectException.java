package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The connection ended before the answer came. */
public class DisconnectException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public DisconnectException(@Nullable String message) {
        super(message);
    }

    public DisconnectException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
