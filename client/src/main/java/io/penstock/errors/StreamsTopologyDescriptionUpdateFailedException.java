package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The description of the streams topology could not be stored. */
public class StreamsTopologyDescriptionUpdateFailedException extends ApiException {
    private static final long serialVersionUID = 1L;

    public StreamsTopologyDescriptionUpdateFailedException(@Nullable String message) {
        super(message);
    }

    public StreamsTopologyDescriptionUpdateFailedException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
