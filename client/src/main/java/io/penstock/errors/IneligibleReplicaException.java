package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** A replica may not join the in-sync replicas. */
public class IneligibleReplicaException extends ApiException {
    private static final long serialVersionUID = 1L;

    public IneligibleReplicaException(@Nullable String message) {
        super(message);
    }

    public IneligibleReplicaException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
