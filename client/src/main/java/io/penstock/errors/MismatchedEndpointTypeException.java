package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The request went to a controller's port in place of a broker's, or the other way round. */
public class MismatchedEndpointTypeException extends ApiException {
    private static final long serialVersionUID = 1L;

    public MismatchedEndpointTypeException(@Nullable String message) {
        super(message);
    }

    public MismatchedEndpointTypeException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
