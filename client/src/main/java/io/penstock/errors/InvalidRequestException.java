package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker could not make sense of the request. */
public class InvalidRequestException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidRequestException(@Nullable String message) {
        super(message);
    }

    public InvalidRequestException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
