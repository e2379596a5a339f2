package io.penstock.internal.admission;

import io.penstock.internal.completion.RecordPromise;
import io.penstock.internal.partition.Unplaced;
import io.penstock.producer.Callback;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.TopicPartition;
import io.penstock.wire.record.BatchHeader;
import io.penstock.wire.record.HeaderSource;
import io.penstock.wire.record.KeyValue;
import io.penstock.wire.record.RecordWriter;
import org.jspecify.annotations.Nullable;

/**
 * A serialized record on its way into a batch.
 *
 * <p>Made by the sending thread and short-lived: used by it, or by the admission thread when the record had to wait.
 */
final class Draft {

    /** Length, attributes, timestamp delta and offset delta at their longest; Kafka's own estimate of a record's overhead. */
    private static final int MAX_FIXED_BYTES = 5 + 1 + 10 + 5;

    private final ProducerRecord<?, ?> record;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final HeaderSource headers;
    private final RecordPromise promise;

    Draft(
            ProducerRecord<?, ?> record,
            byte @Nullable [] key,
            byte @Nullable [] value,
            long nowMillis,
            @Nullable Callback callback) {
        this(
                record,
                key,
                value,
                record.sealHeaders(),
                promise(timestamp(record, nowMillis), KeyValue.of(key, value), callback));
    }

    /** Of a record that was to go the short way and could not. */
    Draft(
            ProducerRecord<?, ?> record,
            byte @Nullable [] key,
            byte @Nullable [] value,
            HeaderSource headers,
            RecordPromise promise) {
        this.record = record;
        this.key = key;
        this.value = value;
        this.headers = headers;
        this.promise = promise;
    }

    static RecordPromise promise(long timestamp, KeyValue keyValue, @Nullable Callback callback) {
        return new RecordPromise(timestamp, keyValue.keySizeBytes(), keyValue.valueSizeBytes(), callback);
    }

    private static long timestamp(ProducerRecord<?, ?> record, long nowMillis) {
        Long given = record.timestamp();
        return given == null ? nowMillis : given;
    }

    ProducerRecord<?, ?> record() {
        return record;
    }

    /** The partition if the record names one. */
    @Nullable
    TopicPartition namedPartition() {
        Integer partition = record.partition();
        return partition == null ? null : new TopicPartition(record.topic(), partition);
    }

    byte @Nullable [] key() {
        return key;
    }

    byte @Nullable [] value() {
        return value;
    }

    HeaderSource headers() {
        return headers;
    }

    RecordPromise promise() {
        return promise;
    }

    Unplaced unplaced(KnownTopic topic) {
        return new Unplaced(record, key, value, topic.topic(), topic.cluster());
    }

    /** The largest that a batch of this record alone can be. */
    long maxBatchBytes() {
        return maxBatchBytes(KeyValue.of(key, value), headers);
    }

    static long maxBatchBytes(KeyValue keyValue, HeaderSource headers) {
        return BatchHeader.SIZE_BYTES
                + (long) MAX_FIXED_BYTES
                + keyValue.writtenBytes()
                + RecordWriter.headersSizeOf(headers);
    }

    /** What the record adds to a batch, about. */
    int recordBytes() {
        return recordBytes(maxBatchBytes());
    }

    static int recordBytes(long maxBatchBytes) {
        return (int) Math.min(Integer.MAX_VALUE, maxBatchBytes - BatchHeader.SIZE_BYTES);
    }
}
