package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** Offsets of the group are pending in a transaction that is not complete. */
public class UnstableOffsetCommitException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public UnstableOffsetCommitException(@Nullable String message) {
        super(message);
    }

    public UnstableOffsetCommitException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
