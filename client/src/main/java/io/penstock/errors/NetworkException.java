package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The connection was lost while a request was in flight; whether the broker acted on it is not known. */
public class NetworkException extends InvalidMetadataException {
    private static final long serialVersionUID = 1L;

    public NetworkException(@Nullable String message) {
        super(message);
    }

    public NetworkException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
