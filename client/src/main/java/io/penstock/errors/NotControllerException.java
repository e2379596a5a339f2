package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker asked is not the controller. */
public class NotControllerException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public NotControllerException(@Nullable String message) {
        super(message);
    }

    public NotControllerException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
