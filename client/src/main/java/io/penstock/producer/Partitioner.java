package io.penstock.producer;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/**
 * Chooses partitions in place of the built-in partitioner ({@code partitioner.class}).
 *
 * <p>Called by every thread that sends, at the same time; it must be thread-safe and must not block. What it throws fails that one
 * record.
 */
public interface Partitioner extends Configurable, Closeable {
    /**
     * Chooses for a record that names no partition.
     *
     * @param keyBytes the serialized key, null without one
     * @param valueBytes the serialized value, null without one
     * @param cluster knows the topic
     * @return from 0 to the topic's partition count minus one; anything else fails the record
     */
    int partition(
            String topic,
            @Nullable Object key,
            byte @Nullable [] keyBytes,
            @Nullable Object value,
            byte @Nullable [] valueBytes,
            Cluster cluster);

    /**
     * Says that the record just placed would open a new batch: the moment for a sticky partitioner to move on. {@link #partition}
     * is then asked once more for the same record by the same thread, and its second answer counts.
     *
     * @param prevPartition what {@link #partition} had answered
     */
    default void onNewBatch(String topic, Cluster cluster, int prevPartition) {}

    /** The producer is closing. Called once. */
    @Override
    void close();
}
