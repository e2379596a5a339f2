package io.penstock.errors;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** This client may not write to, or even see, a topic. */
public class TopicAuthorizationException extends AuthorizationException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // the sets given are serializable
    private final Set<String> unauthorizedTopics;

    public TopicAuthorizationException(@Nullable String message) {
        this(message, Set.of());
    }

    public TopicAuthorizationException(Set<String> unauthorizedTopics) {
        this("Not authorized to access topics: " + unauthorizedTopics, unauthorizedTopics);
    }

    public TopicAuthorizationException(@Nullable String message, Set<String> unauthorizedTopics) {
        super(message);
        this.unauthorizedTopics = Set.copyOf(unauthorizedTopics);
    }

    /** The topics meant; empty when the broker did not say. */
    public Set<String> unauthorizedTopics() {
        return unauthorizedTopics;
    }
}
