package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The previous transaction of this transactional id is still being completed. */
public class ConcurrentTransactionsException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public ConcurrentTransactionsException(@Nullable String message) {
        super(message);
    }

    public ConcurrentTransactionsException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
