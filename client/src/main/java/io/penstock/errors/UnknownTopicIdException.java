package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker does not know that topic id: the topic was deleted, or the broker has yet to hear of it. */
public class UnknownTopicIdException extends InvalidMetadataException {
    private static final long serialVersionUID = 1L;

    public UnknownTopicIdException(@Nullable String message) {
        super(message);
    }

    public UnknownTopicIdException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
