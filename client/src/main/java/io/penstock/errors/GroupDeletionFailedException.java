package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The group could not be deleted. */
public class GroupDeletionFailedException extends ApiException {
    private static final long serialVersionUID = 1L;

    public GroupDeletionFailedException(@Nullable String message) {
        super(message);
    }

    public GroupDeletionFailedException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
