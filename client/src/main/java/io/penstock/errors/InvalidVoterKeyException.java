package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The key of the voter does not fit the receiving replica. */
public class InvalidVoterKeyException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidVoterKeyException(@Nullable String message) {
        super(message);
    }

    public InvalidVoterKeyException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
