package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The snapshot does not exist. */
public class SnapshotNotFoundException extends ApiException {
    private static final long serialVersionUID = 1L;

    public SnapshotNotFoundException(@Nullable String message) {
        super(message);
    }

    public SnapshotNotFoundException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
