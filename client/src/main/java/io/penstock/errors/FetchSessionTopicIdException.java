package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** A fetch session mixed topic names and topic ids. */
public class FetchSessionTopicIdException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public FetchSessionTopicIdException(@Nullable String message) {
        super(message);
    }

    public FetchSessionTopicIdException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
