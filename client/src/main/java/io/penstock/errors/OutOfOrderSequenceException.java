package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/**
 * The batch's sequence number does not follow the last one the broker wrote: an earlier batch was lost or
 * refused.
 */
public class OutOfOrderSequenceException extends ApiException {
    private static final long serialVersionUID = 1L;

    public OutOfOrderSequenceException(@Nullable String message) {
        super(message);
    }

    public OutOfOrderSequenceException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
