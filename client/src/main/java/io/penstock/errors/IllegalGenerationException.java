package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The group has moved on to another generation; the consumer has to join again. */
public class IllegalGenerationException extends ApplicationRecoverableException {
    private static final long serialVersionUID = 1L;

    public IllegalGenerationException(@Nullable String message) {
        super(message);
    }

    public IllegalGenerationException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
