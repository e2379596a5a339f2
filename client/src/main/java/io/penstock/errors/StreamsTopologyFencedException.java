package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The streams topology is older than the group's. */
public class StreamsTopologyFencedException extends ApiException {
    private static final long serialVersionUID = 1L;

    public StreamsTopologyFencedException(@Nullable String message) {
        super(message);
    }

    public StreamsTopologyFencedException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
