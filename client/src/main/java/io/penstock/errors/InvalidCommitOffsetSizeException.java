package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The commit is larger than the offsets topic allows. */
public class InvalidCommitOffsetSizeException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidCommitOffsetSizeException(@Nullable String message) {
        super(message);
    }

    public InvalidCommitOffsetSizeException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
