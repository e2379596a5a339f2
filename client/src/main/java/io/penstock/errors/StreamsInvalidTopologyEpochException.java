package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The epoch of the streams topology is invalid. */
public class StreamsInvalidTopologyEpochException extends ApiException {
    private static final long serialVersionUID = 1L;

    public StreamsInvalidTopologyEpochException(@Nullable String message) {
        super(message);
    }

    public StreamsInvalidTopologyEpochException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
