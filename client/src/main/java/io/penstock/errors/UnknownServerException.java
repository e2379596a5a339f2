package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/**
 * The broker failed in a way that it has no code for, or answered a code that no producer should be told: one of consumers' or
 * administrators', or one that is newer than this client. The message names the code, {@link #errorCode()} is its number, and the
 * broker's log says more.
 */
public class UnknownServerException extends ApiException {
    private static final long serialVersionUID = 1L;

    private final int errorCode;

    public UnknownServerException(@Nullable String message) {
        this(message, -1);
    }

    public UnknownServerException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
        errorCode = -1;
    }

    public UnknownServerException(@Nullable String message, int errorCode) {
        super(message);
        this.errorCode = errorCode;
    }

    /** What the broker answered, as the protocol numbers it: -1 (UNKNOWN_SERVER_ERROR), or a code that has no class here. */
    public int errorCode() {
        return errorCode;
    }
}
