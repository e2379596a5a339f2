package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The leader has no listener of the name this client came in by. */
public class ListenerNotFoundException extends InvalidMetadataException {
    private static final long serialVersionUID = 1L;

    public ListenerNotFoundException(@Nullable String message) {
        super(message);
    }

    public ListenerNotFoundException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
