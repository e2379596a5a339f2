package io.penstock.internal.accumulator;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The queues of one topic, by partition, and how well its records compress.
 *
 * <p>Any thread finds a queue without a lock; one is made under this object's lock. The loop alone reports compression.
 */
public final class TopicQueues {

    /** A ratio that got better is believed slowly, a worse one at once: too large a batch costs a round trip. */
    private static final float IMPROVEMENT_WEIGHT = 0.1f;

    private static final float MIN_RATIO = 0.05f;

    private final String topic;
    private final RecordAccumulator accumulator;
    private final ReadyListeners listeners;
    private volatile @Nullable PartitionQueue[] queues = new PartitionQueue[0];
    private volatile int readyRawBytes;
    private volatile int maxRawBytes;
    private int learnedMaxBytes;
    private float ratio = 1f;

    TopicQueues(String topic, RecordAccumulator accumulator, ReadyListeners listeners) {
        this.topic = topic;
        this.accumulator = accumulator;
        this.listeners = listeners;
        this.learnedMaxBytes = accumulator.limits().maxBytes();
        updateLimits();
    }

    public String topic() {
        return topic;
    }

    public PartitionQueue queue(int partition) {
        @Nullable PartitionQueue[] now = queues;
        PartitionQueue queue = partition < now.length ? now[partition] : null;
        return queue != null ? queue : create(partition);
    }

    /** The queue if somebody has used the partition, else null. */
    public @Nullable PartitionQueue queueIfUsed(int partition) {
        @Nullable PartitionQueue[] now = queues;
        return partition < now.length ? now[partition] : null;
    }

    private synchronized PartitionQueue create(int partition) {
        @Nullable PartitionQueue[] now = queues;
        if (partition < now.length) {
            PartitionQueue existing = now[partition];
            if (existing != null) {
                return existing;
            }
        }
        PartitionQueue made = new PartitionQueue(this, partition, accumulator, listeners);
        // Doubling keeps the copies linear in the number of partitions; the slot is published by the volatile write.
        int length = partition < now.length ? now.length : Math.max(partition + 1, now.length * 2);
        @Nullable PartitionQueue[] next = Arrays.copyOf(now, length);
        next[partition] = made;
        queues = next;
        return made;
    }

    /** Loop: how small a batch became. */
    void onCompressed(int rawBytes, int compressedBytes) {
        float seen = Math.max(MIN_RATIO, Math.min(1f, (float) compressedBytes / rawBytes));
        ratio = seen > ratio ? seen : ratio + (seen - ratio) * IMPROVEMENT_WEIGHT;
        updateLimits();
    }

    /** Loop: the broker found a batch of this size too large. */
    public void onTooLarge(int sizeBytes) {
        learnedMaxBytes = Math.max(1, Math.min(learnedMaxBytes, sizeBytes / 2));
        ratio = 1f;
        updateLimits();
    }

    /** Loop: about what a batch of so many bytes becomes when it is sealed. */
    public int sentSizeOf(int rawBytes) {
        return rawBytes == 0 ? 0 : Math.max(1, (int) (rawBytes * ratio));
    }

    private void updateLimits() {
        BatchLimits limits = accumulator.limits();
        int max = Math.min(limits.maxBytes(), learnedMaxBytes);
        maxRawBytes = (int) Math.min(limits.maxRawBytes(), max / ratio);
        readyRawBytes = Math.min(maxRawBytes, (int) Math.min(Integer.MAX_VALUE, limits.readyBytes() / ratio));
    }

    int readyRawBytes() {
        return readyRawBytes;
    }

    int maxRawBytes() {
        return maxRawBytes;
    }
}
