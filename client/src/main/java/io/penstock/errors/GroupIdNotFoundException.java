package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The group does not exist. */
public class GroupIdNotFoundException extends ApiException {
    private static final long serialVersionUID = 1L;

    public GroupIdNotFoundException(@Nullable String message) {
        super(message);
    }

    public GroupIdNotFoundException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
