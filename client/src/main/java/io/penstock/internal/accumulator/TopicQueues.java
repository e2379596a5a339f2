package io.penstock.internal.accumulator;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The queues of one topic, by partition, and how well its records compress.
 *
 * <p>Any thread finds a queue without a lock; one is made under this object's lock, and so the loops report compression.
 */
public final class TopicQueues {

    /** A ratio that got better is believed slowly, a worse one at once: too large a batch costs a round trip. */
    private static final float IMPROVEMENT_WEIGHT = 0.1f;

    private static final float MIN_RATIO = 0.05f;

    private final String topic;
    private final RecordAccumulator accumulator;
    private final ReadyListeners listeners;

    /** By partition, null for one that was never used; as long as the topic has partitions, at most twice. */
    private volatile AtomicReferenceArray<@Nullable PartitionQueue> queues = new AtomicReferenceArray<>(1);

    private volatile int readyRawBytes;
    private volatile int maxRawBytes;
    private int learnedMaxBytes;
    private volatile float ratio = 1f;

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
        PartitionQueue queue = queueIfUsed(partition);
        return queue != null ? queue : create(partition);
    }

    /** The queue if somebody has used the partition, else null. */
    public @Nullable PartitionQueue queueIfUsed(int partition) {
        AtomicReferenceArray<@Nullable PartitionQueue> now = queues;
        return partition < now.length() ? now.get(partition) : null;
    }

    private synchronized PartitionQueue create(int partition) {
        AtomicReferenceArray<@Nullable PartitionQueue> now = queues;
        if (partition >= now.length()) {
            now = grown(now, Math.max(partition + 1, now.length() * 2)); // so that all copies together are linear
        }
        PartitionQueue queue = now.get(partition);
        if (queue == null) {
            queue = new PartitionQueue(this, partition, accumulator, listeners);
            now.set(partition, queue);
        }
        queues = now;
        return queue;
    }

    private static AtomicReferenceArray<@Nullable PartitionQueue> grown(
            AtomicReferenceArray<@Nullable PartitionQueue> old, int length) {
        AtomicReferenceArray<@Nullable PartitionQueue> grown = new AtomicReferenceArray<>(length);
        for (int i = 0; i < old.length(); i++) {
            grown.setPlain(i, old.getPlain(i));
        }
        return grown;
    }

    synchronized void awaitAppends() {
        AtomicReferenceArray<@Nullable PartitionQueue> now = queues;
        for (int i = 0; i < now.length(); i++) {
            PartitionQueue queue = now.get(i);
            if (queue != null) {
                queue.awaitAppends();
            }
        }
    }

    /** Loop: how small a batch became. */
    synchronized void onCompressed(int rawBytes, int compressedBytes) {
        float seen = Math.max(MIN_RATIO, Math.min(1f, (float) compressedBytes / rawBytes));
        ratio = seen > ratio ? seen : ratio + (seen - ratio) * IMPROVEMENT_WEIGHT;
        updateLimits();
    }

    /** Loop: the broker found a batch of this size too large. */
    public synchronized void onTooLarge(int sizeBytes) {
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
        maxRawBytes = (int) Math.min(limits.maxRawBytes(), (long) (max / (double) ratio));
        readyRawBytes =
                Math.min(maxRawBytes, (int) Math.min(Integer.MAX_VALUE, (long) (limits.readyBytes() / (double) ratio)));
    }

    int readyRawBytes() {
        return readyRawBytes;
    }

    int maxRawBytes() {
        return maxRawBytes;
    }
}
