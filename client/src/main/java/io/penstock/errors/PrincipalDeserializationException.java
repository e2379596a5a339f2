package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** A forwarded principal could not be read. */
public class PrincipalDeserializationException extends ApiException {
    private static final long serialVersionUID = 1L;

    public PrincipalDeserializationException(@Nullable String message) {
        super(message);
    }

    public PrincipalDeserializationException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
