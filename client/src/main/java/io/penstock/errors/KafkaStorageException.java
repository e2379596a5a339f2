package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker's disk failed under the partition's log. */
public class KafkaStorageException extends InvalidMetadataException {
    private static final long serialVersionUID = 1L;

    public KafkaStorageException(@Nullable String message) {
        super(message);
    }

    public KafkaStorageException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
