package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The batch is larger than a segment of the partition's log. */
public class RecordBatchTooLargeException extends InvalidConfigurationException {
    private static final long serialVersionUID = 1L;

    public RecordBatchTooLargeException(@Nullable String message) {
        super(message);
    }

    public RecordBatchTooLargeException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
