package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The member's protocol does not fit the group's. */
public class InconsistentGroupProtocolException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InconsistentGroupProtocolException(@Nullable String message) {
        super(message);
    }

    public InconsistentGroupProtocolException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
