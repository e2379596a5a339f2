package io.penstock.testkit.fake;

import io.penstock.wire.record.BatchFields;
import io.penstock.wire.record.BatchHeader;
import io.penstock.wire.record.HeaderView;
import io.penstock.wire.record.RecordView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch in a partition's log, its bytes as a consumer would be given them. Immutable; records are read when asked for. */
final class StoredBatch {

    private final BatchFields fields;
    private final ByteBuffer bytes;

    private StoredBatch(BatchFields fields, ByteBuffer bytes) {
        this.fields = fields;
        this.bytes = bytes;
    }

    /**
     * What a leader makes of a batch that it appends.
     *
     * @param appendTime milliseconds since 1970, -1 to keep the records' own
     */
    static StoredBatch of(ByteBuffer sent, long baseOffset, int leaderEpoch, long appendTime) {
        ByteBuffer copy = ByteBuffer.allocate(sent.remaining());
        copy.put(sent.duplicate()).flip();
        copy.putLong(BatchHeader.BASE_OFFSET_AT, baseOffset);
        copy.putInt(BatchHeader.LEADER_EPOCH_AT, leaderEpoch);
        if (appendTime >= 0) {
            short attributes = copy.getShort(BatchHeader.ATTRIBUTES_AT);
            copy.putShort(BatchHeader.ATTRIBUTES_AT, (short) (attributes | BatchHeader.LOG_APPEND_TIME_BIT));
            copy.putLong(BatchHeader.MAX_TIMESTAMP_AT, appendTime);
            BatchHeader.sealCrc(new ByteBuffer[] {copy}, 1);
        }
        return new StoredBatch(BatchHeader.read(copy, 0), copy.asReadOnlyBuffer());
    }

    BatchFields fields() {
        return fields;
    }

    ByteBuffer bytes() {
        return bytes.duplicate();
    }

    /** The append time where the broker set it, else -1. */
    long appendTime() {
        return fields.isLogAppendTime() ? fields.maxTimestamp() : -1;
    }

    void addRecords(String topic, int partition, List<StoredRecord> into) {
        if (fields.isControl()) {
            return;
        }
        BatchWalk.through(bytes.duplicate(), records -> {
            for (RecordView record : records) {
                into.add(record(topic, partition, record));
            }
        });
    }

    private StoredRecord record(String topic, int partition, RecordView record) {
        return new StoredRecord(
                topic,
                partition,
                record.offset(),
                record.timestamp(),
                copy(record.key()),
                copy(record.value()),
                headers(record),
                fields.producerId(),
                fields.producerEpoch(),
                sequence(record),
                fields.compressionType(),
                fields.isTransactional());
    }

    private static List<StoredHeader> headers(RecordView record) {
        if (record.headerCount() == 0) {
            return List.of();
        }
        List<StoredHeader> headers = new ArrayList<>(record.headerCount());
        for (HeaderView header : record.headers()) {
            headers.add(new StoredHeader(header.key(), copy(header.value())));
        }
        return List.copyOf(headers);
    }

    private int sequence(RecordView record) {
        return fields.baseSequence() < 0
                ? -1
                : Sequences.plus(fields.baseSequence(), (int) (record.offset() - fields.baseOffset()));
    }

    private static byte @Nullable [] copy(@Nullable ByteBuffer from) {
        if (from == null) {
            return null;
        }
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        return bytes;
    }
}
