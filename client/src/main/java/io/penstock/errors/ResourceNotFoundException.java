package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The resource does not exist. */
public class ResourceNotFoundException extends ApiException {
    private static final long serialVersionUID = 1L;

    public ResourceNotFoundException(@Nullable String message) {
        super(message);
    }

    public ResourceNotFoundException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
