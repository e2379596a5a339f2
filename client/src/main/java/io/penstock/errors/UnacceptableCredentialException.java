package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The credential does not meet the broker's requirements. */
public class UnacceptableCredentialException extends ApiException {
    private static final long serialVersionUID = 1L;

    public UnacceptableCredentialException(@Nullable String message) {
        super(message);
    }

    public UnacceptableCredentialException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
