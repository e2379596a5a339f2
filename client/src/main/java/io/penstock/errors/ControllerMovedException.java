package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The controller changed while the request was under way. */
public class ControllerMovedException extends ApiException {
    private static final long serialVersionUID = 1L;

    public ControllerMovedException(@Nullable String message) {
        super(message);
    }

    public ControllerMovedException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
