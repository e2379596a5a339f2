package io.penstock.producer;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a metric is called. Two are equal when name, group and tags are; the description does not count. Immutable. */
public final class MetricName {
    private final String name;
    private final String group;
    private final String description;
    private final Map<String, String> tags;
    private final int hash;

    public MetricName(String name, String group, String description, Map<String, String> tags) {
        this.name = Objects.requireNonNull(name, "name");
        this.group = Objects.requireNonNull(group, "group");
        this.description = Objects.requireNonNull(description, "description");
        this.tags = Objects.requireNonNull(tags, "tags");
        this.hash = Objects.hash(name, group, tags);
    }

    public String name() {
        return name;
    }

    /** For instance {@code producer-metrics}. */
    public String group() {
        return group;
    }

    /** For instance {@code client-id} and {@code topic}. */
    public Map<String, String> tags() {
        return tags;
    }

    public String description() {
        return description;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof MetricName that
                && hash == that.hash
                && name.equals(that.name)
                && group.equals(that.group)
                && tags.equals(that.tags);
    }

    @Override
    public String toString() {
        return "MetricName [name=" + name + ", group=" + group + ", description=" + description + ", tags=" + tags
                + "]";
    }
}
