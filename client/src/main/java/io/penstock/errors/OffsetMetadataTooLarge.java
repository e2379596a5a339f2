package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The metadata string of a committed offset is too long. */
public class OffsetMetadataTooLarge extends ApiException {
    private static final long serialVersionUID = 1L;

    public OffsetMetadataTooLarge(@Nullable String message) {
        super(message);
    }

    public OffsetMetadataTooLarge(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
