package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The offset is in remote storage and not in the broker's log. */
public class OffsetMovedToTieredStorageException extends ApiException {
    private static final long serialVersionUID = 1L;

    public OffsetMovedToTieredStorageException(@Nullable String message) {
        super(message);
    }

    public OffsetMovedToTieredStorageException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
