package io.penstock.internal.engine;

import io.penstock.internal.metrics.SentBatch;

/** A batch of which nothing is there but its measures. */
record MeasuredBatch(
        String topic,
        int recordCount,
        int sizeBytes,
        int rawSizeBytes,
        int headerBytes,
        int largestRecordBytes,
        long queued)
        implements SentBatch {

    @Override
    public long queueNanos(long nowNanos) {
        return queued;
    }
}
