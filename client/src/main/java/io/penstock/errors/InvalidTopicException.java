package io.penstock.errors;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A topic's name is not one that Kafka accepts, or the topic may not be written to. */
public class InvalidTopicException extends InvalidConfigurationException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // the sets given are serializable
    private final Set<String> invalidTopics;

    public InvalidTopicException(@Nullable String message) {
        this(message, Set.of());
    }

    public InvalidTopicException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
        this.invalidTopics = Set.of();
    }

    public InvalidTopicException(Set<String> invalidTopics) {
        this("Invalid topics: " + invalidTopics, invalidTopics);
    }

    public InvalidTopicException(@Nullable String message, Set<String> invalidTopics) {
        super(message);
        this.invalidTopics = Set.copyOf(invalidTopics);
    }

    /** The topics meant; empty when the broker did not say. */
    public Set<String> invalidTopics() {
        return invalidTopics;
    }
}
