package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The preferred leader of the partition is not available. */
public class PreferredLeaderNotAvailableException extends InvalidMetadataException {
    private static final long serialVersionUID = 1L;

    public PreferredLeaderNotAvailableException(@Nullable String message) {
        super(message);
    }

    public PreferredLeaderNotAvailableException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
