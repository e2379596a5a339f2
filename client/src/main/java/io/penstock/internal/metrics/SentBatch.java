package io.penstock.internal.metrics;

/** What is measured of a batch on its way into a request, for the first time or again. */
public interface SentBatch {

    String topic();

    int recordCount();

    /** As it is sent. */
    int sizeBytes();

    /** Before compression. */
    int rawSizeBytes();

    /** The part of both that is not records. */
    int headerBytes();

    /** Of its largest record, before compression. */
    int largestRecordBytes();

    /** Since its first record came. */
    long queueNanos(long nowNanos);

    default int rawRecordBytes() {
        return rawSizeBytes() - headerBytes();
    }

    /** Millionths of their raw size that the records have. */
    default long compressionMillionths() {
        return (long) (sizeBytes() - headerBytes()) * ProducerMetrics.MILLION / Math.max(1, rawRecordBytes());
    }
}
