package io.penstock.testkit.fake;

import java.time.Duration;

/**
 * How a topic of a fake cluster is made. Immutable.
 *
 * @param partitionCount 1 to 100,000
 * @param replicationFactor at least 1; a cluster of fewer brokers puts a replica on each
 * @param minInSyncReplicas at least 1; with fewer in sync, acks=all is refused, {@code min.insync.replicas}
 * @param records which records it takes
 */
public record TopicOptions(int partitionCount, int replicationFactor, int minInSyncReplicas, RecordRules records) {

    private static final int MAX_PARTITION_COUNT = 100_000;
    private static final int DEFAULT_REPLICATION_FACTOR = 3;

    public TopicOptions {
        if (partitionCount < 1 || partitionCount > MAX_PARTITION_COUNT) {
            throw new IllegalArgumentException(
                    "partitionCount is " + partitionCount + ", must be 1 to " + MAX_PARTITION_COUNT);
        }
        if (replicationFactor < 1 || minInSyncReplicas < 1) {
            throw new IllegalArgumentException("replicationFactor and minInSyncReplicas must be 1 or more, are "
                    + replicationFactor + " and " + minInSyncReplicas);
        }
    }

    /** Kafka's defaults, with up to three replicas; any timestamp is taken, where Kafka 4 takes an hour of the future. */
    public static TopicOptions partitions(int partitionCount) {
        return new TopicOptions(partitionCount, DEFAULT_REPLICATION_FACTOR, 1, RecordRules.DEFAULT);
    }

    public TopicOptions withReplicationFactor(int factor) {
        return new TopicOptions(partitionCount, factor, minInSyncReplicas, records);
    }

    public TopicOptions withMinInSyncReplicas(int count) {
        return new TopicOptions(partitionCount, replicationFactor, count, records);
    }

    public TopicOptions withMaxMessageBytes(int sizeBytes) {
        return with(records.withMaxMessageBytes(sizeBytes));
    }

    /** The broker's time replaces the records'. */
    public TopicOptions withLogAppendTime() {
        return with(records.withLogAppendTime());
    }

    /** Records that are older or newer than that are refused, one by one, unless the broker's time replaces theirs. */
    public TopicOptions withTimestampLimits(Duration before, Duration after) {
        return with(records.withTimestampLimits(TimestampLimits.of(before, after)));
    }

    /** Records without a key are refused, one by one (KIP-467). */
    public TopicOptions withCompaction() {
        return with(records.withCompaction());
    }

    private TopicOptions with(RecordRules rules) {
        return new TopicOptions(partitionCount, replicationFactor, minInSyncReplicas, rules);
    }
}
