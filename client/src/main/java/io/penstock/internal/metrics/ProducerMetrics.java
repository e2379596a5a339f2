package io.penstock.internal.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What the producer counts of records and batches.
 *
 * <p>The loop counts per batch and per request, never per record, and takes no lock. Callers count what they wait for and what
 * is refused: the methods that say so are for any thread but the loop. Reading is for any thread.
 */
public final class ProducerMetrics {

    /** Compression is kept as an integer. */
    public static final int MILLION = 1_000_000;

    private final SampleWindows windows;
    private final Measure requestRecords;
    private final Measure batchBytes;
    private final Measure batchRecords;
    private final Measure rawRecordBytes;
    private final Measure largestRecordBytes;
    private final Measure compression;
    private final Measure queueNanos;
    private final Measure retries;
    private final Measure failures;
    private final Measure refusals;
    private final Measure splits;
    private final Measure throttleMillis;
    private final Measure turns;
    private final Measure bufferExhaustions;
    private final Measure bufferWaitNanos;
    private final LongAdder metadataWaitNanos = new LongAdder();
    private final LongAdder flushNanos = new LongAdder();
    private final StageTimes stages;
    private final TransactionTimes transactions = new TransactionTimes();

    private final ProducerMetrics first;

    /** One for each topic sent to; the loop adds, and to the first loop's every loop. */
    private final Map<String, TopicMetrics> topics = new ConcurrentHashMap<>();

    private Runnable newTopic = () -> {};

    public ProducerMetrics(SampleWindows windows) {
        this(windows, null);
    }

    /** @param first of the producer's loops, that has an entry for every topic, which callers find theirs in; null for that itself */
    public ProducerMetrics(SampleWindows windows, @Nullable ProducerMetrics first) {
        this.windows = windows;
        this.first = first == null ? this : first;
        requestRecords = new Measure(windows);
        batchBytes = new Measure(windows);
        batchRecords = new Measure(windows);
        rawRecordBytes = new Measure(windows);
        largestRecordBytes = new Measure(windows);
        compression = new Measure(windows);
        queueNanos = new Measure(windows);
        retries = new Measure(windows);
        failures = new Measure(windows);
        refusals = new SharedMeasure(windows);
        splits = new Measure(windows);
        throttleMillis = new Measure(windows);
        turns = new Measure(windows);
        bufferExhaustions = new SharedMeasure(windows);
        bufferWaitNanos = new SharedMeasure(windows);
        stages = new StageTimes(windows);
    }

    /** What to run, on a loop, when there is a topic more. Set before the loop starts. */
    public void onNewTopic(Runnable action) {
        newTopic = action;
    }

    /** A batch goes into a request, for the first time or again. */
    public void onSent(SentBatch batch, long nowNanos) {
        long ratio = batch.compressionMillionths();
        batchBytes.record(batch.sizeBytes(), nowNanos);
        batchRecords.record(batch.recordCount(), nowNanos);
        rawRecordBytes.record(batch.rawRecordBytes(), nowNanos);
        largestRecordBytes.record(batch.largestRecordBytes(), nowNanos);
        compression.record(ratio, nowNanos);
        queueNanos.record(batch.queueNanos(nowNanos), nowNanos);
        TopicMetrics topic = topics.get(batch.topic());
        if (topic == null) {
            first.know(batch.topic());
            topic = know(batch.topic());
        }
        topic.records().record(batch.recordCount(), nowNanos);
        topic.bytes().record(batch.sizeBytes(), nowNanos);
        topic.compression().record(ratio, nowNanos);
    }

    private TopicMetrics know(String topic) {
        TopicMetrics made = new TopicMetrics(windows);
        TopicMetrics known = topics.putIfAbsent(topic, made);
        if (known != null) {
            return known;
        }
        newTopic.run();
        return made;
    }

    /** A request goes, with so many records in all its batches. */
    public void onRequest(int recordCount, long nowNanos) {
        requestRecords.record(recordCount, nowNanos);
    }

    /** A batch was given up. As with Kafka, a topic that nothing was ever sent to has no metrics of its own. */
    public void onFailed(String topic, int recordCount, long nowNanos) {
        failures.record(recordCount, nowNanos);
        TopicMetrics known = topics.get(topic);
        if (known != null) {
            known.failures().record(recordCount, nowNanos);
        }
    }

    /** Callers: a record never came into a batch. */
    public void onRefused(String topic, long nowNanos) {
        refusals.record(1, nowNanos);
        TopicMetrics known = topics.get(topic);
        if (known != null) {
            known.refusals().record(1, nowNanos);
        }
    }

    /** A batch will be sent again. */
    public void onRetried(String topic, int recordCount, long nowNanos) {
        retries.record(recordCount, nowNanos);
        TopicMetrics known = topics.get(topic);
        if (known != null) {
            known.retries().record(recordCount, nowNanos);
        }
    }

    /** A batch was too large for the broker. */
    public void onSplit(long nowNanos) {
        splits.record(1, nowNanos);
    }

    /** A broker has answered and asks not to be sent anything for so long, mostly 0. */
    public void onThrottle(int millis, long nowNanos) {
        throttleMillis.record(millis, nowNanos);
        stages.onThrottle(millis * 1_000_000L, nowNanos);
    }

    /** The loop has looked for I/O that is ready. */
    public void onTurn(long nowNanos) {
        turns.record(1, nowNanos);
    }

    /** Callers: a record was refused for want of memory. */
    public void onBufferExhausted(long nowNanos) {
        bufferExhaustions.record(1, nowNanos);
    }

    /** Callers: a call was blocked for memory. */
    public void onBufferWait(long nanos, long nowNanos) {
        bufferWaitNanos.record(nanos, nowNanos);
    }

    /** Callers: a call was blocked for metadata. */
    public void onMetadataWait(long nanos) {
        metadataWaitNanos.add(nanos);
    }

    /** Callers: a flush has returned. */
    public void onFlush(long nanos) {
        flushNanos.add(nanos);
    }

    /** Callers and the callback thread count, too. */
    public StageTimes stages() {
        return stages;
    }

    /** Callers count, too. */
    public TransactionTimes transactions() {
        return transactions;
    }

    public Measure requestRecords() {
        return requestRecords;
    }

    public Measure batchBytes() {
        return batchBytes;
    }

    public Measure largestRecordBytes() {
        return largestRecordBytes;
    }

    /** Records sent, of one batch. */
    public Measure batchRecords() {
        return batchRecords;
    }

    /** Bytes of a batch's records as they lie in it, before compression. */
    public Measure rawRecordBytes() {
        return rawRecordBytes;
    }

    /** Millionths of their raw size that a batch's records have when they are sent. */
    public Measure compression() {
        return compression;
    }

    public Measure queueNanos() {
        return queueNanos;
    }

    public Measure retries() {
        return retries;
    }

    /** Records given up by the loop. */
    public Measure failures() {
        return failures;
    }

    /** Records that never came into a batch. */
    public Measure refusals() {
        return refusals;
    }

    public Measure splits() {
        return splits;
    }

    public Measure throttleMillis() {
        return throttleMillis;
    }

    public Measure turns() {
        return turns;
    }

    public Measure bufferExhaustions() {
        return bufferExhaustions;
    }

    public Measure bufferWaitNanos() {
        return bufferWaitNanos;
    }

    public long metadataWaitNanos() {
        return metadataWaitNanos.sum();
    }

    public long flushNanos() {
        return flushNanos.sum();
    }

    /** By topic; grows while it is looked at. */
    public Map<String, TopicMetrics> topics() {
        return topics;
    }
}
