package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The leader wrote the batch, but fewer than {@code min.insync.replicas} replicas are in sync now. */
public class NotEnoughReplicasAfterAppendException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public NotEnoughReplicasAfterAppendException(@Nullable String message) {
        super(message);
    }

    public NotEnoughReplicasAfterAppendException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
