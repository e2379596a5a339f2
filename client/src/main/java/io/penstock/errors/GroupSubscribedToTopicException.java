package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** Offsets of a topic cannot be deleted while the group is subscribed to it. */
public class GroupSubscribedToTopicException extends ApiException {
    private static final long serialVersionUID = 1L;

    public GroupSubscribedToTopicException(@Nullable String message) {
        super(message);
    }

    public GroupSubscribedToTopicException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
