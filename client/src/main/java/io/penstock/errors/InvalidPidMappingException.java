package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The producer id is no longer the one of the transactional id, usually because it expired. */
public class InvalidPidMappingException extends ApplicationRecoverableException {
    private static final long serialVersionUID = 1L;

    public InvalidPidMappingException(@Nullable String message) {
        super(message);
    }

    public InvalidPidMappingException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
