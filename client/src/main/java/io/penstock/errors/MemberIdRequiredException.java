package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The group member has to come back with the id it was given. */
public class MemberIdRequiredException extends ApiException {
    private static final long serialVersionUID = 1L;

    public MemberIdRequiredException(@Nullable String message) {
        super(message);
    }

    public MemberIdRequiredException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
