package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The streams topology is invalid. */
public class StreamsInvalidTopologyException extends ApiException {
    private static final long serialVersionUID = 1L;

    public StreamsInvalidTopologyException(@Nullable String message) {
        super(message);
    }

    public StreamsInvalidTopologyException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
