package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The replica is not available on that broker. */
public class ReplicaNotAvailableException extends InvalidMetadataException {
    private static final long serialVersionUID = 1L;

    public ReplicaNotAvailableException(@Nullable String message) {
        super(message);
    }

    public ReplicaNotAvailableException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
