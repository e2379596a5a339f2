package io.penstock.internal.metrics;

import java.util.concurrent.atomic.LongAdder;

/**
 * What the producer counts.
 *
 * <p>The loop counts per batch and per request, never per record; callers count only failures of admission. Reading is for any
 * thread.
 */
public final class ProducerMetrics {

    private final LongAdder recordsSent = new LongAdder();
    private final LongAdder recordsFailed = new LongAdder();
    private final LongAdder recordsRetried = new LongAdder();
    private final LongAdder batchesSplit = new LongAdder();
    private final LongAdder bytesSent = new LongAdder();

    /** A batch goes into a request, for the first time or again. */
    public void onSent(String topic, int recordCount, int sizeBytes) {
        recordsSent.add(recordCount);
        bytesSent.add(sizeBytes);
    }

    /** A batch was given up. */
    public void onFailed(String topic, int recordCount) {
        recordsFailed.add(recordCount);
    }

    /** A batch will be sent again. */
    public void onRetried(String topic, int recordCount) {
        recordsRetried.add(recordCount);
    }

    public void onSplit() {
        batchesSplit.increment();
    }

    public java.util.Map<io.penstock.producer.MetricName, io.penstock.producer.Metric> all() {
        return java.util.Map.of();
    }
}
