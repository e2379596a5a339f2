package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** That voter is in the quorum already. */
public class DuplicateVoterException extends ApiException {
    private static final long serialVersionUID = 1L;

    public DuplicateVoterException(@Nullable String message) {
        super(message);
    }

    public DuplicateVoterException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
