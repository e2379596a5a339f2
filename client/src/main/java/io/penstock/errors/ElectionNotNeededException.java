package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The partition already has the leader that the election would give. */
public class ElectionNotNeededException extends InvalidMetadataException {
    private static final long serialVersionUID = 1L;

    public ElectionNotNeededException(@Nullable String message) {
        super(message);
    }

    public ElectionNotNeededException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
