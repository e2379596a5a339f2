package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The transaction coordinator that wrote the marker is no longer the coordinator. */
public class TransactionCoordinatorFencedException extends ApiException {
    private static final long serialVersionUID = 1L;

    public TransactionCoordinatorFencedException(@Nullable String message) {
        super(message);
    }

    public TransactionCoordinatorFencedException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
