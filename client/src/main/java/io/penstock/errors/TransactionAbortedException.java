package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The record was never sent, because its transaction was aborted first. */
public class TransactionAbortedException extends ApiException {
    private static final long serialVersionUID = 1L;

    public TransactionAbortedException(@Nullable String message) {
        super(message);
    }

    public TransactionAbortedException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
