package io.penstock.internal.admission;

import io.penstock.internal.accumulator.AppendOutcome;
import io.penstock.internal.completion.RecordPromise;
import io.penstock.internal.partition.Murmur2;
import io.penstock.internal.partition.RecordPartitioner;
import io.penstock.internal.partition.StickyPartitioner;
import io.penstock.producer.Callback;
import io.penstock.producer.ProducerRecord;
import io.penstock.wire.record.HeaderSource;
import io.penstock.wire.record.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * The way of nearly every record: its topic is known, nobody waits before it, memory is there, and the partition is the built-in
 * partitioner's to choose.
 *
 * <p>Any thread; holds nothing that changes but scratch memory. A record costs its promise here and nothing else: what the long way
 * keeps in a {@link Draft} and a {@link PartitionChoice} are locals. One that turns out to have to wait goes on as a draft, with
 * what was made of it so far.
 */
final class ShortWay<K, V> {

    private final Admission<K, V> admission;
    private final AdmissionRooms rooms;
    private final RecordSerializer<K, V> serializer;
    private final RecordPartitioner partitioner;
    private final WaitingLine line;
    private final ScratchPool scratches = new ScratchPool();

    ShortWay(Admission<K, V> admission, RecordSerializer<K, V> serializer, WaitingLine line) {
        this.admission = admission;
        this.rooms = admission.rooms();
        this.serializer = serializer;
        this.partitioner = rooms.partitioner();
        this.line = line;
    }

    RecordPromise admit(ProducerRecord<K, V> record, TopicEntry entry, KnownTopic topic, @Nullable Callback callback)
            throws InterruptedException {
        Scratch scratch = scratches.take();
        Draft draft;
        try {
            KeyValue keyValue = serializer.fill(scratch, record);
            HeaderSource headers = record.sealHeaders();
            RecordPromise promise = Draft.promise(timestamp(record), keyValue, callback);
            if (append(record, keyValue, headers, promise, entry, topic)) {
                return promise;
            }
            draft = new Draft(record, keyValue.keyBytes(), keyValue.valueBytes(), headers, promise);
        } finally {
            scratches.giveBack(scratch);
        }
        return admission.admit(draft, topic, admission.limits().maxBlockNanos());
    }

    /** The clock is a fifth of what a record of 100 bytes costs its thread: it is read only for one that does not bring its time. */
    private long timestamp(ProducerRecord<?, ?> record) {
        Long given = record.timestamp();
        return given == null ? rooms.clock().currentTimeMillis() : given;
    }

    /** False when it has to wait, or others do. */
    private boolean append(
            ProducerRecord<K, V> record,
            KeyValue keyValue,
            HeaderSource headers,
            RecordPromise promise,
            TopicEntry entry,
            KnownTopic topic) {
        long maxBatchBytes = Draft.maxBatchBytes(keyValue, headers);
        admission.checkSize(maxBatchBytes, record);
        if (line.isInUse()) {
            return false;
        }
        AppendOutcome outcome;
        if (record.partition() == null && partitioner.isSticky(keyValue.keySizeBytes() >= 0)) {
            outcome = appendSticky(promise, keyValue, headers, topic, entry, Draft.recordBytes(maxBatchBytes));
        } else {
            int partition = partition(record, keyValue, topic.topic().partitionCount());
            outcome = entry.queues().queue(partition).append(promise, keyValue, headers, null, false);
        }
        if (outcome == AppendOutcome.CLOSED) {
            throw Admission.closed();
        }
        return outcome != AppendOutcome.NEEDS_MEMORY;
    }

    /** The one that the record names, or that its key's hash does. */
    private static int partition(ProducerRecord<?, ?> record, KeyValue keyValue, int partitionCount) {
        Integer named = record.partition();
        return named != null
                ? named
                : Murmur2.partition(keyValue.keyArray(), keyValue.keyAt(), keyValue.keySizeBytes(), partitionCount);
    }

    /** So many parameters for want of an object, on purpose: it would be one a record. */
    private static AppendOutcome appendSticky(
            RecordPromise promise,
            KeyValue keyValue,
            HeaderSource headers,
            KnownTopic topic,
            TopicEntry entry,
            int recordBytes) {
        StickyPartitioner sticky = entry.sticky();
        int partition = sticky.current(topic.topic(), topic.cluster(), entry);
        AppendOutcome outcome = entry.queues().queue(partition).append(promise, keyValue, headers, null, true);
        if (outcome == AppendOutcome.NEEDS_NEW_BATCH) {
            partition = sticky.onNewBatch(partition, recordBytes, topic.topic(), topic.cluster(), entry);
            outcome = entry.queues().queue(partition).append(promise, keyValue, headers, null, false);
        }
        if (outcome == AppendOutcome.APPENDED || outcome == AppendOutcome.APPENDED_FULL) {
            boolean full = outcome == AppendOutcome.APPENDED_FULL;
            sticky.onAppended(partition, recordBytes, full, topic.topic(), topic.cluster(), entry);
        }
        return outcome;
    }
}
