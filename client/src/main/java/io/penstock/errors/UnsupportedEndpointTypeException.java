package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The endpoint type is not supported here. */
public class UnsupportedEndpointTypeException extends ApiException {
    private static final long serialVersionUID = 1L;

    public UnsupportedEndpointTypeException(@Nullable String message) {
        super(message);
    }

    public UnsupportedEndpointTypeException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
