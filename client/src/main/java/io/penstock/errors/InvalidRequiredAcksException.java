package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The value of {@code acks} in a request is neither -1, 0 nor 1. */
public class InvalidRequiredAcksException extends InvalidConfigurationException {
    private static final long serialVersionUID = 1L;

    public InvalidRequiredAcksException(@Nullable String message) {
        super(message);
    }

    public InvalidRequiredAcksException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
