package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker is not the one it was taken for; the client goes back to its bootstrap servers. */
public class RebootstrapRequiredException extends ApiException {
    private static final long serialVersionUID = 1L;

    public RebootstrapRequiredException(@Nullable String message) {
        super(message);
    }

    public RebootstrapRequiredException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
