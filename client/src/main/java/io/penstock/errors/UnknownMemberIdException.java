package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The group does not know that member; the consumer has to join again. */
public class UnknownMemberIdException extends ApplicationRecoverableException {
    private static final long serialVersionUID = 1L;

    public UnknownMemberIdException(@Nullable String message) {
        super(message);
    }

    public UnknownMemberIdException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
