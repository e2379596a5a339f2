package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** A record batch failed its checksum or is otherwise malformed. */
public class CorruptRecordException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public CorruptRecordException(@Nullable String message) {
        super(message);
    }

    public CorruptRecordException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
