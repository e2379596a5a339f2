package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** No such voter is in the quorum. */
public class VoterNotFoundException extends ApiException {
    private static final long serialVersionUID = 1L;

    public VoterNotFoundException(@Nullable String message) {
        super(message);
    }

    public VoterNotFoundException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
