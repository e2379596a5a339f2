package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The transaction is in a state that does not allow the operation. Fatal for the producer. */
public class InvalidTxnStateException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidTxnStateException(@Nullable String message) {
        super(message);
    }

    public InvalidTxnStateException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean isFatal() {
        return true;
    }
}
