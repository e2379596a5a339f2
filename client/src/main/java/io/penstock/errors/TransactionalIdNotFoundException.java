package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker does not know that transactional id. */
public class TransactionalIdNotFoundException extends ApiException {
    private static final long serialVersionUID = 1L;

    public TransactionalIdNotFoundException(@Nullable String message) {
        super(message);
    }

    public TransactionalIdNotFoundException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
