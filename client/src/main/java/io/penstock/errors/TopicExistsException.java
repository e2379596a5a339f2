package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The topic exists already. */
public class TopicExistsException extends ApiException {
    private static final long serialVersionUID = 1L;

    public TopicExistsException(@Nullable String message) {
        super(message);
    }

    public TopicExistsException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
