package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/**
 * The partition has no leader at this moment, as during an election or right after the topic was created.
 */
public class LeaderNotAvailableException extends InvalidMetadataException {
    private static final long serialVersionUID = 1L;

    public LeaderNotAvailableException(@Nullable String message) {
        super(message);
    }

    public LeaderNotAvailableException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
