package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** This client may not use a consumer group. */
public class GroupAuthorizationException extends AuthorizationException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String groupId;

    public GroupAuthorizationException(@Nullable String message) {
        this(message, null);
    }

    public GroupAuthorizationException(@Nullable String message, @Nullable String groupId) {
        super(message);
        this.groupId = groupId;
    }

    /** The group meant, or null when it is not known. */
    public @Nullable String groupId() {
        return groupId;
    }

    public static GroupAuthorizationException forGroupId(String groupId) {
        return new GroupAuthorizationException("Not authorized to access group: " + groupId, groupId);
    }
}
