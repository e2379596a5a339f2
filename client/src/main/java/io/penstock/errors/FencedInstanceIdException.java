package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** Another consumer has taken over this static member of the group. */
public class FencedInstanceIdException extends ApplicationRecoverableException {
    private static final long serialVersionUID = 1L;

    public FencedInstanceIdException(@Nullable String message) {
        super(message);
    }

    public FencedInstanceIdException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
