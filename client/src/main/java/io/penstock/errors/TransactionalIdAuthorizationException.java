package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** This client may not use that {@code transactional.id}. Fatal for the producer. */
public class TransactionalIdAuthorizationException extends AuthorizationException {
    private static final long serialVersionUID = 1L;

    public TransactionalIdAuthorizationException(@Nullable String message) {
        super(message);
    }

    public TransactionalIdAuthorizationException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean isFatal() {
        return true;
    }
}
