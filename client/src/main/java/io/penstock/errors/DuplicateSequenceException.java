package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker has this batch already: it was written by an earlier attempt. */
public class DuplicateSequenceException extends ApiException {
    private static final long serialVersionUID = 1L;

    public DuplicateSequenceException(@Nullable String message) {
        super(message);
    }

    public DuplicateSequenceException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
