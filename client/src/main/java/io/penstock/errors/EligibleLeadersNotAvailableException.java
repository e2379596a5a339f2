package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** No replica that may lead the partition is available. */
public class EligibleLeadersNotAvailableException extends InvalidMetadataException {
    private static final long serialVersionUID = 1L;

    public EligibleLeadersNotAvailableException(@Nullable String message) {
        super(message);
    }

    public EligibleLeadersNotAvailableException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
