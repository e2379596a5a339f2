package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker's validation rejected a record, for instance one without a key in a compacted topic. */
public class InvalidRecordException extends InvalidConfigurationException {
    private static final long serialVersionUID = 1L;

    public InvalidRecordException(@Nullable String message) {
        super(message);
    }

    public InvalidRecordException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
