package io.penstock.testkit.sim;

import io.penstock.producer.RecordMetadata;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * All records of a run, and what the engine told of them, in the order of telling.
 *
 * <p>What is wrong at once (told twice, told differently, told on a thread that is not the callbacks') is found here.
 */
final class History {

    static final int ID_BYTES = Integer.BYTES;

    /** Bytes that a codec can do something with: each value five times. A record begins where its number says. */
    private static final int PATTERN_RUN = 5;

    private static final int PATTERN_PERIOD = 256 * PATTERN_RUN;
    private static final byte[] PATTERN = pattern(20 * PATTERN_PERIOD);

    private final Trace trace;
    private final Findings findings;
    private final SimClock clock;
    private final List<SimRecord> records = new ArrayList<>();
    private int endCount;
    private int openCount;

    History(Trace trace, Findings findings, SimClock clock) {
        this.trace = trace;
        this.findings = findings;
        this.clock = clock;
    }

    List<SimRecord> records() {
        return records;
    }

    /** How many are not over. */
    int openCount() {
        return openCount;
    }

    SimRecord sending(
            SimProducer producer,
            String topic,
            int partition,
            byte @Nullable [] key,
            int valueBytes,
            SimRecord.Caller caller) {
        int id = records.size();
        SimRecord record =
                new SimRecord(id, producer, topic, partition, key, value(id, valueBytes), caller, clock.now());
        records.add(record);
        openCount++;
        trace.add("send", id, valueBytes);
        return record;
    }

    static byte[] value(int id, int sizeBytes) {
        byte[] value = new byte[Math.max(ID_BYTES, sizeBytes)];
        ByteBuffer.wrap(value).putInt(id);
        int from = Math.floorMod(id * 7 * PATTERN_RUN, PATTERN_PERIOD) + ID_BYTES;
        for (int at = ID_BYTES; at < value.length; ) {
            int count = Math.min(value.length - at, PATTERN.length - from);
            System.arraycopy(PATTERN, from, value, at, count);
            at += count;
            from = (from + count) % PATTERN_PERIOD;
        }
        return value;
    }

    private static byte[] pattern(int sizeBytes) {
        byte[] pattern = new byte[sizeBytes];
        for (int i = 0; i < sizeBytes; i++) {
            pattern[i] = (byte) (i / PATTERN_RUN);
        }
        return pattern;
    }

    static int idOf(byte @Nullable [] value) {
        return value == null || value.length < ID_BYTES
                ? -1
                : ByteBuffer.wrap(value).getInt();
    }

    void thrown(SimRecord record, Throwable why) {
        trace.add("thrown", record.id, 0);
        trace.note("record %d: %s", record.id, why);
        boolean wasOver = record.isOver();
        record.thrown = why;
        if (!wasOver) {
            openCount--;
        }
    }

    void onFuture(SimRecord record, @Nullable RecordMetadata metadata, @Nullable Throwable failure) {
        boolean wasOver = record.isOver();
        record.futureCount++;
        if (failure instanceof CancellationException && record.cancelled) {
            trace.add("cancelled", record.id, 0);
        } else {
            onEnd(record, "future", metadata, failure);
        }
        countOver(record, wasOver);
    }

    void onCallback(SimRecord record, RecordMetadata metadata, @Nullable Throwable failure) {
        boolean wasOver = record.isOver();
        if (++record.callbackCount > 1) {
            findings.add("CompletedOnceInOrder", "the callback was called twice for " + record);
        }
        onEnd(record, "callback", metadata, failure);
        countOver(record, wasOver);
    }

    void onAcknowledgement(SimRecord record, RecordMetadata metadata, @Nullable Throwable failure) {
        if (++record.acknowledgementCount > 1) {
            findings.add("CompletedOnceInOrder", "the interceptor heard twice of " + record);
        }
        onEnd(record, "interceptor", metadata, failure);
    }

    private void countOver(SimRecord record, boolean wasOver) {
        if (!wasOver && record.isOver()) {
            openCount--;
        }
    }

    private void onEnd(SimRecord record, String by, @Nullable RecordMetadata metadata, @Nullable Throwable failure) {
        if (record.taken && !record.producer.callbacks().isRunning()) {
            findings.add("CompletedOnceInOrder", "the " + by + " was told outside the callback thread of " + record);
        }
        if (metadata != null && record.partition < 0) {
            record.partition = metadata.partition();
        }
        if (record.hasEnd()) {
            if ((failure == null) != (record.failure == null)) {
                findings.add(
                        "CompletedOnceInOrder",
                        "the " + by + " was told " + (failure == null ? metadata : failure) + " after something else: "
                                + record);
            }
            return;
        }
        record.endNumber = ++endCount;
        record.failure = failure;
        record.metadata = failure == null ? metadata : null;
        trace.add(failure == null ? "acked" : "failed", record.id, metadata == null ? -1 : metadata.offset());
        if (failure != null) {
            trace.note("record %d: %s %s", record.id, String.valueOf(record.outcome()), failure);
        }
    }
}
