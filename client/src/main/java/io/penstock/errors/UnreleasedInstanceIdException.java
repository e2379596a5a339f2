package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** Another member still holds that instance id. */
public class UnreleasedInstanceIdException extends ApiException {
    private static final long serialVersionUID = 1L;

    public UnreleasedInstanceIdException(@Nullable String message) {
        super(message);
    }

    public UnreleasedInstanceIdException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
