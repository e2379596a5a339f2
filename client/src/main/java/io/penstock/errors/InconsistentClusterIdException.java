package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The request names another cluster than the one it reached. */
public class InconsistentClusterIdException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InconsistentClusterIdException(@Nullable String message) {
        super(message);
    }

    public InconsistentClusterIdException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
