package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** A serializer could not turn a key or a value into bytes. The record was not sent. */
public class SerializationException extends KafkaException {
    private static final long serialVersionUID = 1L;

    public SerializationException() {
        this(null, null);
    }

    public SerializationException(@Nullable String message) {
        super(message);
    }

    public SerializationException(@Nullable Throwable cause) {
        super(cause);
    }

    public SerializationException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
