package io.penstock.testkit.sim;

import io.penstock.errors.KafkaException;
import io.penstock.errors.RecordOutcome;
import io.penstock.producer.RecordMetadata;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One record of the workload: what was sent, and all that was heard of it. */
final class SimRecord {

    /** Which thread of the application sent it: order is promised to one thread only. */
    enum Caller {
        MAIN,
        BESIDE,
        CALLBACK
    }

    final int id;
    final SimProducer producer;
    final String topic;
    final int namedPartition;
    final byte @Nullable [] key;
    final byte[] value;
    final Caller caller;
    final long sentAtNanos;

    /** The call that sent it has returned, and not by throwing. */
    boolean taken;

    boolean cancelled;

    /** The call threw, so that nothing more is to be heard of it. */
    @Nullable
    Throwable thrown;

    boolean admitted;
    boolean hasCallback;
    int callbackCount;
    int futureCount;
    int acknowledgementCount;

    /** From the first that told; all tell the same. */
    @Nullable
    RecordMetadata metadata;

    @Nullable
    Throwable failure;

    /** The partition that the end named; -1 for none. */
    int partition = -1;

    /** Its place among all that ended; 0 before. */
    int endNumber;

    SimRecord(
            int id,
            SimProducer producer,
            String topic,
            int namedPartition,
            byte @Nullable [] key,
            byte[] value,
            Caller caller,
            long sentAtNanos) {
        this.id = id;
        this.producer = producer;
        this.topic = topic;
        this.namedPartition = namedPartition;
        this.key = key;
        this.value = value;
        this.caller = caller;
        this.sentAtNanos = sentAtNanos;
    }

    /** Nothing more is to be heard of it. */
    boolean isOver() {
        if (thrown != null) {
            return true;
        }
        boolean futureDone = futureCount > 0;
        return futureDone && (!hasCallback || callbackCount > 0);
    }

    /** Whether its true end is known; not of a cancelled future without a callback. */
    boolean hasEnd() {
        return endNumber > 0;
    }

    boolean isAcknowledged() {
        return hasEnd() && failure == null;
    }

    @Nullable
    RecordOutcome outcome() {
        Throwable told = thrown == null ? failure : thrown;
        if (told == null) {
            return null;
        }
        return told instanceof KafkaException known ? known.outcome() : RecordOutcome.NOT_WRITTEN;
    }

    boolean hasKey(byte @Nullable [] stored) {
        return Arrays.equals(key, stored);
    }

    @Override
    public String toString() {
        return "record " + id + " of " + topic + (namedPartition < 0 ? "" : "-" + namedPartition) + " (" + value.length
                + " bytes, sent at " + sentAtNanos / 1_000_000.0 + " ms by " + caller + ", "
                + (thrown != null
                        ? "thrown " + thrown
                        : !hasEnd()
                                ? "open"
                                : failure == null ? "acknowledged as " + metadata : outcome() + " " + failure)
                + ")";
    }
}
