package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The fetch size asked for is invalid. */
public class InvalidFetchSizeException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidFetchSizeException(@Nullable String message) {
        super(message);
    }

    public InvalidFetchSizeException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
