package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/**
 * The record is larger than {@code max.request.size}, {@code buffer.memory} or what the topic accepts
 * ({@code max.message.bytes}).
 */
public class RecordTooLargeException extends ApiException {
    private static final long serialVersionUID = 1L;

    public RecordTooLargeException(@Nullable String message) {
        super(message);
    }

    public RecordTooLargeException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
