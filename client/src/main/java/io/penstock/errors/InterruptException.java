package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/**
 * The calling thread was interrupted while a blocking call waited. An unchecked {@link InterruptedException}: creating one sets the
 * thread's interrupt flag again, so that callers further out still see it.
 */
public class InterruptException extends KafkaException {
    private static final long serialVersionUID = 1L;

    public InterruptException(InterruptedException cause) {
        super(cause);
        Thread.currentThread().interrupt();
    }

    public InterruptException(@Nullable String message, InterruptedException cause) {
        super(message, cause);
        Thread.currentThread().interrupt();
    }

    public InterruptException(@Nullable String message) {
        super(message, new InterruptedException());
        Thread.currentThread().interrupt();
    }
}
