package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker does not allow topics to be deleted. */
public class TopicDeletionDisabledException extends ApiException {
    private static final long serialVersionUID = 1L;

    public TopicDeletionDisabledException(@Nullable String message) {
        super(message);
    }

    public TopicDeletionDisabledException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
