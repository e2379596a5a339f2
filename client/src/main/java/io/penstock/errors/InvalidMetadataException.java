package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** A passing condition that says this client's metadata is out of date. */
public abstract class InvalidMetadataException extends RefreshRetriableException {
    private static final long serialVersionUID = 1L;

    public InvalidMetadataException(@Nullable String message) {
        super(message);
    }

    public InvalidMetadataException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
