package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The broker does not know that fetch session. */
public class FetchSessionIdNotFoundException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public FetchSessionIdNotFoundException(@Nullable String message) {
        super(message);
    }

    public FetchSessionIdNotFoundException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
