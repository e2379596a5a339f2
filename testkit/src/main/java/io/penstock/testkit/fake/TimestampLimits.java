package io.penstock.testkit.fake;

import io.penstock.testkit.fake.BatchRefusal.RecordRefusal;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.record.RecordBatchReader;
import io.penstock.wire.record.RecordView;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How far records' timestamps may be from the broker's time, {@code message.timestamp.before.max.ms} and {@code after.max.ms}. A batch
 * with one that is too far is refused, and all such records are named (KIP-937). Immutable.
 *
 * @param beforeMaxMillis how much older a record may be
 * @param afterMaxMillis how much newer
 */
public record TimestampLimits(long beforeMaxMillis, long afterMaxMillis) {

    /** Any timestamp is taken. */
    public static final TimestampLimits NONE = new TimestampLimits(Long.MAX_VALUE, Long.MAX_VALUE);

    /** What a record says that leaves its time to the broker. */
    private static final long NO_TIMESTAMP = -1;

    public TimestampLimits {
        if (beforeMaxMillis < 0 || afterMaxMillis < 0) {
            throw new IllegalArgumentException("beforeMaxMillis and afterMaxMillis must be 0 or more, are "
                    + beforeMaxMillis + " and " + afterMaxMillis);
        }
    }

    public static TimestampLimits of(Duration before, Duration after) {
        return new TimestampLimits(before.toMillis(), after.toMillis());
    }

    void check(ByteBuffer batch, long nowMillis) throws BatchRefusal {
        if (equals(NONE)) {
            return;
        }
        List<RecordRefusal> outside = new ArrayList<>();
        BatchWalk.through(batch, records -> addOutside(records, nowMillis, outside));
        if (!outside.isEmpty()) {
            throw new BatchRefusal(
                    ErrorCode.INVALID_TIMESTAMP,
                    outside.size() + " of " + BatchRules.fields(batch).recordCount()
                            + " records have a timestamp that is out of range",
                    outside);
        }
    }

    private void addOutside(RecordBatchReader records, long nowMillis, List<RecordRefusal> outside) {
        int index = 0;
        for (RecordView record : records) {
            long age = nowMillis - record.timestamp();
            if (record.timestamp() != NO_TIMESTAMP && (age > beforeMaxMillis || -age > afterMaxMillis)) {
                outside.add(new RecordRefusal(
                        index,
                        "timestamp " + record.timestamp() + " is out of range: the broker's time is " + nowMillis
                                + ", and the topic takes " + beforeMaxMillis + " ms before and " + afterMaxMillis
                                + " ms after it"));
            }
            index++;
        }
    }
}
