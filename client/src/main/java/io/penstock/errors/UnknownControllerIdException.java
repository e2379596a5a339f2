package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** No controller has that id. */
public class UnknownControllerIdException extends ApiException {
    private static final long serialVersionUID = 1L;

    public UnknownControllerIdException(@Nullable String message) {
        super(message);
    }

    public UnknownControllerIdException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
