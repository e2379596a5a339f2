package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The pushed metrics are larger than the broker accepts. */
public class TelemetryTooLargeException extends ApiException {
    private static final long serialVersionUID = 1L;

    public TelemetryTooLargeException(@Nullable String message) {
        super(message);
    }

    public TelemetryTooLargeException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
