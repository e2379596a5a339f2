package io.penstock.wire.record;

import io.penstock.wire.WireFormatException;
import io.penstock.wire.compress.CompressionType;
import io.penstock.wire.compress.Decompressor;
import io.penstock.wire.compress.Decompressors;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one record batch of format version 2, from anyone.
 *
 * <p>Not thread-safe. Making one checks the header, the size and the CRC and decompresses; iterating checks each record as it
 * comes and, after the last, that nothing follows. Whatever the bytes are, the outcome is records or a
 * {@link WireFormatException}. Records are views into the bytes, nothing is copied.
 */
public final class RecordBatchReader implements Iterable<RecordView> {

    /** What a batch may decompress to when nothing else is said: 100 MiB, as much as a broker's largest request. */
    public static final int DEFAULT_MAX_SIZE_BYTES = 100 * 1024 * 1024;

    // Length, attributes, both deltas, key length, value length and header count, a byte each.
    private static final int MIN_RECORD_BYTES = 7;
    private static final int MIN_HEADER_BYTES = 2;
    // The smallest message of the formats before 2: they lie in logs too and share the place of the length.
    private static final int MIN_LENGTH = 14;

    private final BatchFields fields;
    private final ByteBuffer records;

    private RecordBatchReader(BatchFields fields, ByteBuffer records) {
        this.fields = fields;
        this.records = records;
    }

    /** Reads a batch with a decompressor made for it, up to {@link #DEFAULT_MAX_SIZE_BYTES}. */
    public static RecordBatchReader of(ByteBuffer batch) {
        try (Decompressors decompressors = new Decompressors()) {
            return of(batch, decompressors, DEFAULT_MAX_SIZE_BYTES);
        }
    }

    /**
     * Reads the batch that lies from {@code batch}'s position to its limit, which stay as they are.
     *
     * @param decompressors reused from batch to batch; the records of a compressed batch are valid until it is used again
     * @param maxSizeBytes the most that the records may decompress to
     * @throws WireFormatException when the bytes are not one whole, undamaged batch
     */
    public static RecordBatchReader of(ByteBuffer batch, Decompressors decompressors, int maxSizeBytes) {
        ByteBuffer bytes = batch.slice();
        BatchFields fields = BatchHeader.read(bytes, 0);
        if (fields.sizeBytes() != bytes.remaining()) {
            throw new WireFormatException(
                    "Record batch says it has " + fields.sizeBytes() + " bytes, " + bytes.remaining() + " are here");
        }
        int crc = BatchHeader.crc(new ByteBuffer[] {bytes}, 1);
        if (crc != fields.crc()) {
            throw new WireFormatException(String.format(
                    "Record batch at offset %d has CRC %08x, its bytes give %08x",
                    fields.baseOffset(), fields.crc(), crc));
        }
        CompressionType type = fields.compressionType();
        ByteBuffer records = bytes.position(BatchHeader.SIZE_BYTES).slice();
        if (type != CompressionType.NONE && records.hasRemaining()) {
            Decompressor decompressor = decompressors.of(type);
            records = decompressor.decompress(records, maxSizeBytes);
        }
        checkCounts(fields, records.remaining());
        return new RecordBatchReader(fields, records.asReadOnlyBuffer());
    }

    /**
     * The whole batches of a run as Fetch returns it, each a view; an incomplete last one is left out.
     *
     * @throws WireFormatException when a length cannot be one
     */
    public static List<ByteBuffer> split(ByteBuffer run) {
        List<ByteBuffer> batches = new ArrayList<>();
        int at = run.position();
        while (run.limit() - at >= BatchHeader.LOG_OVERHEAD_BYTES) {
            int length = run.getInt(at + BatchHeader.LENGTH_AT);
            if (length < MIN_LENGTH) {
                throw new WireFormatException("Record batch has impossible length " + length);
            }
            if (length > run.limit() - at - BatchHeader.LOG_OVERHEAD_BYTES) {
                break;
            }
            int size = length + BatchHeader.LOG_OVERHEAD_BYTES;
            batches.add(run.slice(at, size));
            at += size;
        }
        return batches;
    }

    public BatchFields fields() {
        return fields;
    }

    /** The size of the records after decompression. */
    public int recordsSizeBytes() {
        return records.remaining();
    }

    /** Walks all records once; throws as iterating them would. */
    public void validate() {
        for (RecordView ignored : this) {
            // Each next() checks its record.
        }
    }

    /** A new walk from the first record; {@code next} and {@code hasNext} throw {@link WireFormatException}. */
    @Override
    public Iterator<RecordView> iterator() {
        return new Walk();
    }

    private static void checkCounts(BatchFields fields, int sizeBytes) {
        int count = fields.recordCount();
        if (count < 0 || (long) count * MIN_RECORD_BYTES > sizeBytes) {
            throw new WireFormatException("Record batch of " + sizeBytes + " bytes cannot hold " + count + " records");
        }
        // Compaction takes records out and leaves the last delta as it was.
        if (fields.lastOffsetDelta() < Math.max(0, count - 1)) {
            throw new WireFormatException(
                    "Record batch of " + count + " records has last offset delta " + fields.lastOffsetDelta());
        }
        if (fields.baseOffset() < 0 || fields.lastOffset() < 0) {
            throw new WireFormatException("Record batch has base offset " + fields.baseOffset());
        }
    }

    static @Nullable ByteBuffer nullableSlice(ByteBuffer in, String what) {
        int length = Varints.readVarint(in);
        if (length < -1 || length > in.remaining()) {
            throw new WireFormatException(
                    "Record has a " + what + " of " + length + " bytes, " + in.remaining() + " are left");
        }
        if (length == -1) {
            return null;
        }
        ByteBuffer slice = in.slice(in.position(), length);
        in.position(in.position() + length);
        return slice;
    }

    private static void skip(ByteBuffer in, int lowest, String what) {
        int length = Varints.readVarint(in);
        if (length < lowest || length > in.remaining()) {
            throw new WireFormatException(
                    "Record has a " + what + " of " + length + " bytes, " + in.remaining() + " are left");
        }
        in.position(in.position() + Math.max(length, 0));
    }

    private final class Walk implements Iterator<RecordView> {

        private final ByteBuffer in = records.duplicate();
        private int readCount;
        private int lastDelta = -1;

        @Override
        public boolean hasNext() {
            if (readCount < fields.recordCount()) {
                return true;
            }
            if (in.hasRemaining()) {
                throw new WireFormatException("Record batch has " + in.remaining() + " bytes after its last record");
            }
            return false;
        }

        @Override
        public RecordView next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int length = Varints.readVarint(in);
            if (length < MIN_RECORD_BYTES - 1 || length > in.remaining()) {
                throw new WireFormatException(
                        "Record has length " + length + ", " + in.remaining() + " bytes of its batch are left");
            }
            ByteBuffer body = in.slice(in.position(), length);
            in.position(in.position() + length);
            readCount++;
            return record(body);
        }

        private RecordView record(ByteBuffer body) {
            body.get(); // attributes: none are defined yet
            long timestampDelta = Varints.readVarlong(body);
            int offsetDelta = Varints.readVarint(body);
            if (offsetDelta <= lastDelta || offsetDelta > fields.lastOffsetDelta()) {
                throw new WireFormatException("Record has offset delta " + offsetDelta + " after " + lastDelta
                        + " in a batch that ends at " + fields.lastOffsetDelta());
            }
            lastDelta = offsetDelta;
            ByteBuffer key = nullableSlice(body, "key");
            ByteBuffer value = nullableSlice(body, "value");
            int headerCount = Varints.readVarint(body);
            if (headerCount < 0 || headerCount > body.remaining() / MIN_HEADER_BYTES) {
                throw new WireFormatException(
                        "Record has " + headerCount + " headers in " + body.remaining() + " bytes");
            }
            ByteBuffer headers = body.slice();
            for (int i = 0; i < headerCount; i++) {
                skip(body, 0, "header key");
                skip(body, -1, "header value");
            }
            if (body.hasRemaining()) {
                throw new WireFormatException("Record has " + body.remaining() + " bytes after its last header");
            }
            long timestamp = fields.isLogAppendTime() ? fields.maxTimestamp() : fields.baseTimestamp() + timestampDelta;
            return new RecordView(fields.baseOffset() + offsetDelta, timestamp, key, value, headerCount, headers);
        }
    }
}
