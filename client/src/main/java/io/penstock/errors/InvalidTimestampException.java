package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/**
 * The record's timestamp is further from the broker's clock than the topic allows ({@code
 * message.timestamp.before.max.ms}, {@code message.timestamp.after.max.ms}).
 */
public class InvalidTimestampException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidTimestampException(@Nullable String message) {
        super(message);
    }

    public InvalidTimestampException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
