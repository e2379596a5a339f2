package io.penstock.internal.admission;

import io.penstock.internal.accumulator.AppendOutcome;
import io.penstock.internal.completion.RecordPromise;
import io.penstock.internal.partition.Murmur2;
import io.penstock.internal.partition.RecordPartitioner;
import io.penstock.internal.partition.StickyPartitioner;
import io.penstock.producer.Callback;
import io.penstock.producer.ProducerRecord;
import io.penstock.wire.record.HeaderSource;
import org.jspecify.annotations.Nullable;

/**
 * The way of nearly every record: its topic is known, nobody waits before it, memory is there, and the partition is the built-in
 * partitioner's to choose.
 *
 * <p>Any thread; holds nothing that changes. A record costs its promise here and nothing else: what the long way keeps in a
 * {@link Draft} and a {@link PartitionChoice} are locals. One that turns out to have to wait goes on as a draft, with what
 * was made of it so far.
 */
final class ShortWay<K, V> {

    private final Admission<K, V> admission;
    private final AdmissionRooms rooms;
    private final RecordSerializer<K, V> serializer;
    private final RecordPartitioner partitioner;
    private final WaitingLine line;

    ShortWay(Admission<K, V> admission, RecordSerializer<K, V> serializer, WaitingLine line) {
        this.admission = admission;
        this.rooms = admission.rooms();
        this.serializer = serializer;
        this.partitioner = rooms.partitioner();
        this.line = line;
    }

    RecordPromise admit(ProducerRecord<K, V> record, KnownTopic topic, @Nullable Callback callback)
            throws InterruptedException {
        byte[] key = serializer.key(record);
        byte[] value = serializer.value(record);
        HeaderSource headers = record.sealHeaders();
        RecordPromise promise = Draft.promise(record, key, value, rooms.clock().currentTimeMillis(), callback);
        long maxBatchBytes = Draft.maxBatchBytes(promise, headers);
        admission.checkSize(maxBatchBytes, record);
        if (line.isInUse()) {
            return longWay(new Draft(record, key, value, headers, promise), topic);
        }
        TopicEntry entry = admission.entry(record.topic());
        Integer named = record.partition();
        AppendOutcome outcome;
        if (named != null) {
            outcome = entry.queues().queue(named).append(promise, key, value, headers, null, false);
        } else if (key != null && !partitioner.isSticky(true)) {
            int partition = Murmur2.partition(key, topic.topic().partitionCount());
            outcome = entry.queues().queue(partition).append(promise, key, value, headers, null, false);
        } else {
            outcome = appendSticky(promise, key, value, headers, topic, entry, Draft.recordBytes(maxBatchBytes));
        }
        if (outcome == AppendOutcome.NEEDS_MEMORY) {
            return longWay(new Draft(record, key, value, headers, promise), topic);
        }
        if (outcome == AppendOutcome.CLOSED) {
            throw Admission.closed();
        }
        return promise;
    }

    /** So many parameters for want of an object, on purpose: it would be one a record. */
    private static AppendOutcome appendSticky(
            RecordPromise promise,
            byte @Nullable [] key,
            byte @Nullable [] value,
            HeaderSource headers,
            KnownTopic topic,
            TopicEntry entry,
            int recordBytes) {
        StickyPartitioner sticky = entry.sticky();
        int partition = sticky.current(topic.topic(), topic.cluster(), entry);
        AppendOutcome outcome = entry.queues().queue(partition).append(promise, key, value, headers, null, true);
        if (outcome == AppendOutcome.NEEDS_NEW_BATCH) {
            partition = sticky.onNewBatch(partition, recordBytes, topic.topic(), topic.cluster(), entry);
            outcome = entry.queues().queue(partition).append(promise, key, value, headers, null, false);
        }
        if (outcome == AppendOutcome.APPENDED || outcome == AppendOutcome.APPENDED_FULL) {
            boolean full = outcome == AppendOutcome.APPENDED_FULL;
            sticky.onAppended(partition, recordBytes, full, topic.topic(), topic.cluster(), entry);
        }
        return outcome;
    }

    private RecordPromise longWay(Draft draft, KnownTopic topic) throws InterruptedException {
        return admission.admit(draft, topic, admission.limits().maxBlockNanos());
    }
}
