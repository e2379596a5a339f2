package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker does not accept that compression, usually zstd before Kafka 2.1. */
public class UnsupportedCompressionTypeException extends ApiException {
    private static final long serialVersionUID = 1L;

    public UnsupportedCompressionTypeException(@Nullable String message) {
        super(message);
    }

    public UnsupportedCompressionTypeException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
