package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/**
 * A passing condition: the same request may succeed later. The producer retries these by itself until
 * {@code delivery.timeout.ms}.
 */
public abstract class RetriableException extends ApiException {
    private static final long serialVersionUID = 1L;

    public RetriableException(@Nullable String message) {
        super(message);
    }

    public RetriableException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean isRetriable() {
        return true;
    }
}
