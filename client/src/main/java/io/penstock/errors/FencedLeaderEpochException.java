package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The request carried a leader epoch older than the broker's. */
public class FencedLeaderEpochException extends InvalidMetadataException {
    private static final long serialVersionUID = 1L;

    public FencedLeaderEpochException(@Nullable String message) {
        super(message);
    }

    public FencedLeaderEpochException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
