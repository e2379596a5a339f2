package io.penstock.producer;

/** Where an acknowledged record lies. Immutable. */
public final class RecordMetadata {
    /** The partition of a record that failed before one was chosen. */
    public static final int UNKNOWN_PARTITION = -1;

    private static final long NONE = -1L;

    private final TopicPartition topicPartition;
    private final long offset;
    private final long timestamp;
    private final int serializedKeySize;
    private final int serializedValueSize;

    /**
     * @param baseOffset the offset of the batch, or -1 when the broker did not say (as with {@code acks=0})
     * @param batchIndex the record's place in the batch, from 0; -1 when there is none
     * @param timestamp milliseconds since 1970-01-01 UTC, or -1
     * @param serializedKeySize bytes, or -1 for a null key
     * @param serializedValueSize bytes, or -1 for a null value
     */
    public RecordMetadata(
            TopicPartition topicPartition,
            long baseOffset,
            int batchIndex,
            long timestamp,
            int serializedKeySize,
            int serializedValueSize) {
        this.topicPartition = topicPartition;
        this.offset = baseOffset == NONE ? NONE : baseOffset + batchIndex;
        this.timestamp = timestamp;
        this.serializedKeySize = serializedKeySize;
        this.serializedValueSize = serializedValueSize;
    }

    /** False with {@code acks=0}, after a failure, and when a retry met a batch that the broker had already and has since lost track of. */
    public boolean hasOffset() {
        return offset != NONE;
    }

    /** The record's offset in its partition, or -1. */
    public long offset() {
        return hasOffset() ? offset : NONE;
    }

    public boolean hasTimestamp() {
        return timestamp != NONE;
    }

    /**
     * Milliseconds since 1970-01-01 UTC: the record's own ({@code CreateTime}) or, in a topic set to {@code LogAppendTime}, the
     * broker's. -1 after a failure.
     */
    public long timestamp() {
        return timestamp;
    }

    /** Bytes of the key as sent, before compression; -1 for a null key. */
    public int serializedKeySize() {
        return serializedKeySize;
    }

    /** Bytes of the value as sent, before compression; -1 for a null value. */
    public int serializedValueSize() {
        return serializedValueSize;
    }

    public String topic() {
        return topicPartition.topic();
    }

    /** From 0, or {@link #UNKNOWN_PARTITION}. */
    public int partition() {
        return topicPartition.partition();
    }

    /** {@code topic-partition@offset}. */
    @Override
    public String toString() {
        return topicPartition + "@" + offset;
    }
}
