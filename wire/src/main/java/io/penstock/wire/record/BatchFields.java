package io.penstock.wire.record;

import io.penstock.wire.compress.CompressionType;

/**
 * The fields of a record batch's header; magic is always 2.
 *
 * <p>Immutable. {@code sizeBytes} counts the whole batch, with the twelve bytes of offset and length that the length field on the
 * wire leaves out. A non-idempotent batch has producer id, epoch and sequence -1.
 *
 * @param baseOffset offset of the first record; 0 from a producer
 * @param sizeBytes all of the batch, header included
 * @param partitionLeaderEpoch -1 from a producer
 * @param crc CRC-32C from the attributes to the end; 0 until known
 * @param attributes see {@link BatchHeader#attributes}
 * @param lastOffsetDelta offset of the last record less {@code baseOffset}
 * @param baseTimestamp what the records' timestamp deltas count from, in milliseconds
 * @param maxTimestamp the largest timestamp of the records, or the broker's own with LOG_APPEND_TIME
 * @param producerId -1 when not idempotent
 * @param producerEpoch -1 when not idempotent
 * @param baseSequence sequence of the first record; -1 when not idempotent
 * @param recordCount how many records follow
 */
public record BatchFields(
        long baseOffset,
        int sizeBytes,
        int partitionLeaderEpoch,
        int crc,
        short attributes,
        int lastOffsetDelta,
        long baseTimestamp,
        long maxTimestamp,
        long producerId,
        short producerEpoch,
        int baseSequence,
        int recordCount) {

    /** What a producer says of a batch that it has just sealed: offset 0, no leader epoch, CRC not yet known. */
    public static BatchFields ofProducer(
            int sizeBytes, short attributes, int recordCount, long baseTimestamp, long maxTimestamp) {
        return new BatchFields(
                0,
                sizeBytes,
                -1,
                0,
                attributes,
                recordCount - 1,
                baseTimestamp,
                maxTimestamp,
                -1,
                (short) -1,
                -1,
                recordCount);
    }

    /** The same with the identity of an idempotent producer. */
    public BatchFields withProducer(long id, short epoch, int sequence) {
        return new BatchFields(
                baseOffset,
                sizeBytes,
                partitionLeaderEpoch,
                crc,
                attributes,
                lastOffsetDelta,
                baseTimestamp,
                maxTimestamp,
                id,
                epoch,
                sequence,
                recordCount);
    }

    /**
     * How the records are compressed.
     *
     * @throws io.penstock.wire.WireFormatException when the attributes name no known codec
     */
    public CompressionType compressionType() {
        return BatchHeader.compressionType(attributes);
    }

    public boolean isLogAppendTime() {
        return (attributes & BatchHeader.LOG_APPEND_TIME_BIT) != 0;
    }

    public boolean isTransactional() {
        return (attributes & BatchHeader.TRANSACTIONAL_BIT) != 0;
    }

    public boolean isControl() {
        return (attributes & BatchHeader.CONTROL_BIT) != 0;
    }

    /** Whether the base timestamp is a delete horizon and not the first record's time (compacted logs). */
    public boolean hasDeleteHorizon() {
        return (attributes & BatchHeader.DELETE_HORIZON_BIT) != 0;
    }

    public long lastOffset() {
        return baseOffset + lastOffsetDelta;
    }
}
