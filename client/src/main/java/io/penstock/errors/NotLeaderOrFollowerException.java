package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker asked does not lead the partition; the leader has moved. */
public class NotLeaderOrFollowerException extends InvalidMetadataException {
    private static final long serialVersionUID = 1L;

    public NotLeaderOrFollowerException(@Nullable String message) {
        super(message);
    }

    public NotLeaderOrFollowerException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
