package io.penstock.testkit;

import org.jspecify.annotations.Nullable;

/** Why an embedded cluster, or a question to a cluster, came to nothing. The message says what to do about it. */
public final class EmbeddedKafkaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EmbeddedKafkaException(String message) {
        super(message);
    }

    public EmbeddedKafkaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
