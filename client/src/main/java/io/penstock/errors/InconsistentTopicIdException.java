package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The topic id of the request is not the one in the broker's log. */
public class InconsistentTopicIdException extends InvalidMetadataException {
    private static final long serialVersionUID = 1L;

    public InconsistentTopicIdException(@Nullable String message) {
        super(message);
    }

    public InconsistentTopicIdException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
