package io.penstock.testkit.fake;

/**
 * Which records a topic of a fake cluster takes, and whose time they get. Immutable.
 *
 * @param maxMessageBytes the largest batch, {@code max.message.bytes}
 * @param compacted whether records without a key are refused, {@code cleanup.policy=compact}; nothing is ever removed
 * @param logAppendTime whether the broker's time replaces the records', {@code message.timestamp.type}
 * @param timestamps how far timestamps may be off, if they are not replaced
 */
public record RecordRules(int maxMessageBytes, boolean compacted, boolean logAppendTime, TimestampLimits timestamps) {

    private static final int DEFAULT_MAX_MESSAGE_BYTES = 1_048_588;

    /** Kafka's defaults, but that any timestamp is taken, where Kafka 4 takes an hour of the future. */
    public static final RecordRules DEFAULT =
            new RecordRules(DEFAULT_MAX_MESSAGE_BYTES, false, false, TimestampLimits.NONE);

    public RecordRules {
        if (maxMessageBytes < 1) {
            throw new IllegalArgumentException("maxMessageBytes must be 1 or more, is " + maxMessageBytes);
        }
    }

    RecordRules withMaxMessageBytes(int sizeBytes) {
        return new RecordRules(sizeBytes, compacted, logAppendTime, timestamps);
    }

    RecordRules withCompaction() {
        return new RecordRules(maxMessageBytes, true, logAppendTime, timestamps);
    }

    RecordRules withLogAppendTime() {
        return new RecordRules(maxMessageBytes, compacted, true, timestamps);
    }

    RecordRules withTimestampLimits(TimestampLimits limits) {
        return new RecordRules(maxMessageBytes, compacted, logAppendTime, limits);
    }
}
