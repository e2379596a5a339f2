package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The cluster's finalized features could not be updated. */
public class FeatureUpdateFailedException extends ApiException {
    private static final long serialVersionUID = 1L;

    public FeatureUpdateFailedException(@Nullable String message) {
        super(message);
    }

    public FeatureUpdateFailedException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
