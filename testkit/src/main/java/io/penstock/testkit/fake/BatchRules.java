package io.penstock.testkit.fake;

import io.penstock.testkit.fake.BatchRefusal.RecordRefusal;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.Segments;
import io.penstock.wire.WireFormatException;
import io.penstock.wire.compress.CompressionType;
import io.penstock.wire.message.ProduceRequest;
import io.penstock.wire.message.ProduceRequest.PartitionProduceData;
import io.penstock.wire.message.ProduceRequest.TopicProduceData;
import io.penstock.wire.record.BatchFields;
import io.penstock.wire.record.BatchHeader;
import io.penstock.wire.record.RecordBatchReader;
import io.penstock.wire.record.RecordView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a broker demands of a batch that a producer sends, whatever partition it is for. */
final class BatchRules {

    private static final short FIRST_WITH_ZSTD = 7;

    private BatchRules() {}

    /** The one batch of a partition's records: exactly one, of format 2, in a codec that the version allows. */
    static ByteBuffer single(@Nullable Segments records, short version) throws BatchRefusal {
        if (records == null || records.sizeBytes() == 0) {
            throw new BatchRefusal(ErrorCode.INVALID_RECORD, "There is no record batch");
        }
        List<ByteBuffer> batches;
        try {
            batches = RecordBatchReader.split(records.toContiguous());
        } catch (WireFormatException e) {
            throw new BatchRefusal(ErrorCode.CORRUPT_MESSAGE, e.toString());
        }
        if (batches.size() != 1) {
            throw new BatchRefusal(
                    ErrorCode.INVALID_RECORD, "There must be one whole record batch, there are " + batches.size());
        }
        ByteBuffer batch = batches.get(0);
        if (batch.remaining() != records.sizeBytes()) {
            throw new BatchRefusal(
                    ErrorCode.INVALID_RECORD,
                    (records.sizeBytes() - batch.remaining()) + " bytes follow the record batch");
        }
        if (version < FIRST_WITH_ZSTD && codec(fields(batch)) == CompressionType.ZSTD) {
            throw new BatchRefusal(
                    ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
                    "zstd needs Produce " + FIRST_WITH_ZSTD + ", not " + version);
        }
        return batch;
    }

    /** Whether a request holds batches of a transaction. */
    static boolean anyTransactional(ProduceRequest request) {
        for (TopicProduceData topic : request.topicData()) {
            for (PartitionProduceData partition : topic.partitionData()) {
                Segments records = partition.records();
                if (records != null && isTransactional(records)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isTransactional(Segments records) {
        return records.sizeBytes() >= BatchHeader.SIZE_BYTES
                && (records.toContiguous().slice().getShort(BatchHeader.ATTRIBUTES_AT) & BatchHeader.TRANSACTIONAL_BIT)
                        != 0;
    }

    /** Everything else, down to the last record. */
    static BatchFields check(ByteBuffer batch, RecordRules topic) throws BatchRefusal {
        BatchFields fields = fields(batch);
        if (fields.sizeBytes() > topic.maxMessageBytes()) {
            throw new BatchRefusal(
                    ErrorCode.MESSAGE_TOO_LARGE,
                    "The batch has " + fields.sizeBytes() + " bytes, the topic takes " + topic.maxMessageBytes());
        }
        if (BatchHeader.crc(new ByteBuffer[] {batch}, 1) != fields.crc()) {
            throw new BatchRefusal(ErrorCode.CORRUPT_MESSAGE, "The batch's CRC is wrong");
        }
        require(fields.baseOffset() == 0, "base offset is not 0", fields);
        require(!fields.isControl(), "only brokers write control batches", fields);
        require(fields.recordCount() > 0, "there is no record", fields);
        require(
                fields.lastOffsetDelta() == fields.recordCount() - 1,
                "last offset delta and record count do not fit",
                fields);
        checkProducer(fields);
        try {
            BatchWalk.through(batch, RecordBatchReader::validate);
        } catch (WireFormatException e) {
            throw new BatchRefusal(ErrorCode.INVALID_RECORD, e.toString());
        }
        if (topic.compacted()) {
            requireKeys(batch, fields);
        }
        return fields;
    }

    /** The batch is refused for one record without, and all such records are named. */
    private static void requireKeys(ByteBuffer batch, BatchFields fields) throws BatchRefusal {
        List<RecordRefusal> without = new ArrayList<>();
        BatchWalk.through(batch, records -> {
            int index = 0;
            for (RecordView record : records) {
                if (record.key() == null) {
                    without.add(new RecordRefusal(index, "the topic is compacted, and the record has no key"));
                }
                index++;
            }
        });
        if (!without.isEmpty()) {
            throw new BatchRefusal(
                    ErrorCode.INVALID_RECORD,
                    without.size() + " of " + fields.recordCount()
                            + " records have no key, which a compacted topic requires",
                    without);
        }
    }

    private static void checkProducer(BatchFields fields) throws BatchRefusal {
        if (fields.producerId() < 0) {
            require(
                    fields.producerId() == -1 && fields.producerEpoch() == -1 && fields.baseSequence() == -1,
                    "without a producer id, epoch and sequence must be -1",
                    fields);
            require(!fields.isTransactional(), "a transactional batch needs a producer id", fields);
        } else {
            require(fields.producerEpoch() >= 0, "the producer's epoch is negative", fields);
            require(fields.baseSequence() >= 0, "the base sequence is negative", fields);
        }
    }

    static BatchFields fields(ByteBuffer batch) throws BatchRefusal {
        try {
            return BatchHeader.read(batch.slice(), 0);
        } catch (WireFormatException e) {
            throw new BatchRefusal(ErrorCode.INVALID_RECORD, e.toString());
        }
    }

    private static CompressionType codec(BatchFields fields) throws BatchRefusal {
        try {
            return fields.compressionType();
        } catch (WireFormatException e) {
            throw new BatchRefusal(ErrorCode.INVALID_RECORD, e.toString());
        }
    }

    private static void require(boolean holds, String otherwise, BatchFields fields) throws BatchRefusal {
        if (!holds) {
            throw new BatchRefusal(ErrorCode.INVALID_RECORD, "In the batch, " + otherwise + ": " + fields);
        }
    }
}
