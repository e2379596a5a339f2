package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** No controller with that id is registered. */
public class ControllerIdNotRegisteredException extends ApiException {
    private static final long serialVersionUID = 1L;

    public ControllerIdNotRegisteredException(@Nullable String message) {
        super(message);
    }

    public ControllerIdNotRegisteredException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
