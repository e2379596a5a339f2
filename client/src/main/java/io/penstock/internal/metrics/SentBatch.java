package io.penstock.internal.metrics;

/**
 * A batch on its way into a request, for the first time or again.
 *
 * @param sizeBytes as it is sent
 * @param rawSizeBytes before compression
 * @param headerBytes the part of both that is not records
 * @param largestRecordBytes of its largest record, before compression
 * @param queueNanos since its first record came
 */
public record SentBatch(
        String topic,
        int recordCount,
        int sizeBytes,
        int rawSizeBytes,
        int headerBytes,
        int largestRecordBytes,
        long queueNanos) {

    int rawRecordBytes() {
        return rawSizeBytes - headerBytes;
    }

    /** Millionths of their raw size that the records have. */
    long compressionMillionths() {
        return (long) (sizeBytes - headerBytes) * ProducerMetrics.MILLION / Math.max(1, rawRecordBytes());
    }
}
