package io.penstock.testkit.fake;

import java.time.Duration;

/**
 * How a topic of a fake cluster is made.
 *
 * @param partitionCount 1 to 100,000
 * @param replicationFactor at least 1; a cluster of fewer brokers puts a replica on each
 * @param maxMessageBytes the largest batch that partitions take, {@code max.message.bytes}
 * @param logAppendTime whether the broker's time replaces the records', {@code message.timestamp.type}
 * @param minInSyncReplicas with fewer in sync, acks=all is refused, {@code min.insync.replicas}
 * @param timestamps how far timestamps may be off; no limits unless said otherwise, where Kafka 4 takes an hour of the future
 * @param compacted whether records without a key are refused, {@code cleanup.policy=compact}; nothing is ever removed
 */
public record TopicOptions(
        int partitionCount,
        int replicationFactor,
        int maxMessageBytes,
        boolean logAppendTime,
        int minInSyncReplicas,
        TimestampLimits timestamps,
        boolean compacted) {

    private static final int MAX_PARTITION_COUNT = 100_000;
    private static final int DEFAULT_REPLICATION_FACTOR = 3;
    private static final int DEFAULT_MAX_MESSAGE_BYTES = 1_048_588;

    public TopicOptions {
        if (partitionCount < 1 || partitionCount > MAX_PARTITION_COUNT) {
            throw new IllegalArgumentException(
                    "partitionCount is " + partitionCount + ", must be 1 to " + MAX_PARTITION_COUNT);
        }
        if (replicationFactor < 1 || maxMessageBytes < 1 || minInSyncReplicas < 1) {
            throw new IllegalArgumentException("replicationFactor, maxMessageBytes and minInSyncReplicas must be 1 or"
                    + " more, are " + replicationFactor + ", " + maxMessageBytes + " and " + minInSyncReplicas);
        }
    }

    /** Kafka's defaults, with up to three replicas. */
    public static TopicOptions partitions(int partitionCount) {
        return new TopicOptions(
                partitionCount,
                DEFAULT_REPLICATION_FACTOR,
                DEFAULT_MAX_MESSAGE_BYTES,
                false,
                1,
                TimestampLimits.NONE,
                false);
    }

    public TopicOptions withReplicationFactor(int factor) {
        return new TopicOptions(
                partitionCount, factor, maxMessageBytes, logAppendTime, minInSyncReplicas, timestamps, compacted);
    }

    public TopicOptions withMaxMessageBytes(int sizeBytes) {
        return new TopicOptions(
                partitionCount, replicationFactor, sizeBytes, logAppendTime, minInSyncReplicas, timestamps, compacted);
    }

    public TopicOptions withLogAppendTime() {
        return new TopicOptions(
                partitionCount, replicationFactor, maxMessageBytes, true, minInSyncReplicas, timestamps, compacted);
    }

    public TopicOptions withMinInSyncReplicas(int count) {
        return new TopicOptions(
                partitionCount, replicationFactor, maxMessageBytes, logAppendTime, count, timestamps, compacted);
    }

    /** Records that are older or newer than that are refused, one by one, unless the broker's time replaces theirs. */
    public TopicOptions withTimestampLimits(Duration before, Duration after) {
        return new TopicOptions(
                partitionCount,
                replicationFactor,
                maxMessageBytes,
                logAppendTime,
                minInSyncReplicas,
                TimestampLimits.of(before, after),
                compacted);
    }

    /** Records without a key are refused, one by one (KIP-467). */
    public TopicOptions withCompaction() {
        return new TopicOptions(
                partitionCount, replicationFactor, maxMessageBytes, logAppendTime, minInSyncReplicas, timestamps, true);
    }
}
