package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** No host of {@code bootstrap.servers} could be resolved within {@code bootstrap.resolve.timeout.ms}. The message names each. */
public class BootstrapResolutionException extends KafkaException {
    private static final long serialVersionUID = 1L;

    public BootstrapResolutionException(@Nullable String message) {
        super(message);
    }

    public BootstrapResolutionException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
