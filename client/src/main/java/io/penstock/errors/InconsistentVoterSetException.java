package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The set of voters does not fit the quorum's. */
public class InconsistentVoterSetException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InconsistentVoterSetException(@Nullable String message) {
        super(message);
    }

    public InconsistentVoterSetException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
