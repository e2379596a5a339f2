package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker does not have that topic or partition. */
public class UnknownTopicOrPartitionException extends InvalidMetadataException {
    private static final long serialVersionUID = 1L;

    public UnknownTopicOrPartitionException(@Nullable String message) {
        super(message);
    }

    public UnknownTopicOrPartitionException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
