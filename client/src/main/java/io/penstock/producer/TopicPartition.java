package io.penstock.producer;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A topic's name and a partition's number. Immutable. */
public final class TopicPartition implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String topic;
    private final int partition;

    public TopicPartition(String topic, int partition) {
        this.topic = topic;
        this.partition = partition;
    }

    public int partition() {
        return partition;
    }

    public String topic() {
        return topic;
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hashCode(topic) + partition;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof TopicPartition that && partition == that.partition && Objects.equals(topic, that.topic);
    }

    /** {@code topic-partition}. */
    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
