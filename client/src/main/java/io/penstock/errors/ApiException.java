package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/**
 * What a broker answers, or what this client says in a broker's place.
 *
 * <p>It has no stack trace of its own: it is made on the loop thread, whose stack tells a caller nothing, and one batch may fail
 * thousands of records at once. {@code Future.get()} adds the caller's stack around it.
 */
public class ApiException extends KafkaException {
    private static final long serialVersionUID = 1L;

    public ApiException() {
        this(null, null);
    }

    public ApiException(@Nullable String message) {
        super(message);
    }

    public ApiException(@Nullable Throwable cause) {
        super(cause);
    }

    public ApiException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean abortsTransaction() {
        return !isFatal() && !isRetriable();
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // there is nothing to fill in
    public Throwable fillInStackTrace() {
        return this;
    }
}
