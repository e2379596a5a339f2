package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The number of partitions is invalid. */
public class InvalidPartitionsException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidPartitionsException(@Nullable String message) {
        super(message);
    }

    public InvalidPartitionsException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
