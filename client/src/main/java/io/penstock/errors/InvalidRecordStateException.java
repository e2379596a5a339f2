package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** A shared record is in a state that does not allow the operation. */
public class InvalidRecordStateException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidRecordStateException(@Nullable String message) {
        super(message);
    }

    public InvalidRecordStateException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
