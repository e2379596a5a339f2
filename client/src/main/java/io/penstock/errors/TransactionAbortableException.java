package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The transaction failed and has to be aborted; after that the producer can go on (KIP-890). */
public class TransactionAbortableException extends ApiException {
    private static final long serialVersionUID = 1L;

    public TransactionAbortableException(@Nullable String message) {
        super(message);
    }

    public TransactionAbortableException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
