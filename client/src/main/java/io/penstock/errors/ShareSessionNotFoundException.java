package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker does not know that share session. */
public class ShareSessionNotFoundException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public ShareSessionNotFoundException(@Nullable String message) {
        super(message);
    }

    public ShareSessionNotFoundException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
