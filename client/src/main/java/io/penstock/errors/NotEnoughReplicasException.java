package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** Fewer than {@code min.insync.replicas} replicas are in sync, so the leader did not write the batch. */
public class NotEnoughReplicasException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public NotEnoughReplicasException(@Nullable String message) {
        super(message);
    }

    public NotEnoughReplicasException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
