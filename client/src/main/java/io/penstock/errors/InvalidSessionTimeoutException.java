package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The session timeout is outside the range that the broker allows. */
public class InvalidSessionTimeoutException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidSessionTimeoutException(@Nullable String message) {
        super(message);
    }

    public InvalidSessionTimeoutException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
