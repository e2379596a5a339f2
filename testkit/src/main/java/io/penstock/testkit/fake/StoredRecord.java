package io.penstock.testkit.fake;

import io.penstock.wire.compress.CompressionType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record as a partition of the fake cluster holds it. Immutable; key, value and headers are copies.
 *
 * @param timestamp milliseconds since 1970, the broker's own in a topic with log append time
 * @param producerId -1 of a producer without idempotence, which has no epoch and no sequence either
 * @param sequence the record's own, counted on from its batch's
 */
public record StoredRecord(
        String topic,
        int partition,
        long offset,
        long timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<StoredHeader> headers,
        long producerId,
        short producerEpoch,
        int sequence,
        CompressionType compressionType,
        boolean transactional) {

    /** The key as UTF-8 text. */
    public @Nullable String keyText() {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }

    /** The value as UTF-8 text. */
    public @Nullable String valueText() {
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset + "(" + keyText() + "=" + valueText() + ")";
    }
}
