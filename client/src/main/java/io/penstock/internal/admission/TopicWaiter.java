package io.penstock.internal.admission;

import io.penstock.errors.KafkaException;
import org.jspecify.annotations.Nullable;

/** One record's wait for a topic, or for a partition of it, to be known. */
abstract class TopicWaiter {

    private final String topic;
    private final int minPartitionCount;

    /** @param minPartitionCount how many partitions the topic must have */
    TopicWaiter(String topic, int minPartitionCount) {
        this.topic = topic;
        this.minPartitionCount = minPartitionCount;
    }

    String topic() {
        return topic;
    }

    int minPartitionCount() {
        return minPartitionCount;
    }

    /** Loop: the topic is there, or with a cause never will be. Called at most once; must be short. */
    abstract void onSettled(@Nullable KafkaException cause);
}
