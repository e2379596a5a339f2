package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/**
 * The broker has forgotten this producer id, for instance because all its records were deleted by
 * retention.
 */
public class UnknownProducerIdException extends OutOfOrderSequenceException {
    private static final long serialVersionUID = 1L;

    public UnknownProducerIdException(@Nullable String message) {
        super(message);
    }

    public UnknownProducerIdException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
