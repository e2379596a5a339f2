package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The regular expression is invalid. */
public class InvalidRegularExpression extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidRegularExpression(@Nullable String message) {
        super(message);
    }

    public InvalidRegularExpression(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
