package io.penstock.wire.record;

import io.penstock.wire.WireFormatException;
import io.penstock.wire.compress.CompressionType;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The 61-byte header of a record batch, format version 2.
 *
 * <pre>
 *    0  int64  base offset                 27  int64  base timestamp
 *    8  int32  length of all that follows  35  int64  max timestamp
 *   12  int32  partition leader epoch      43  int64  producer id
 *   16  int8   magic, 2                    51  int16  producer epoch
 *   17  int32  CRC-32C of 21 to the end    53  int32  base sequence
 *   21  int16  attributes                  57  int32  record count
 *   23  int32  last offset delta           61  records
 *
 *   attributes:  bits 0-2 codec, 3 LOG_APPEND_TIME, 4 transactional, 5 control, 6 delete horizon
 * </pre>
 *
 * <p>Stateless. All methods work at absolute indexes of big-endian buffers and leave position and limit alone. The codec sits
 * under the CRC, the leader epoch does not, so that a broker can set it without a new checksum.
 *
 * @see <a href="https://kafka.apache.org/documentation/#recordbatch">Kafka: record batch</a>
 */
public final class BatchHeader {

    public static final int SIZE_BYTES = 61;

    /** Base offset and length: what the length field does not count. */
    public static final int LOG_OVERHEAD_BYTES = 12;

    public static final byte MAGIC = 2;

    public static final int BASE_OFFSET_AT = 0;
    public static final int LENGTH_AT = 8;
    public static final int LEADER_EPOCH_AT = 12;
    public static final int MAGIC_AT = 16;
    public static final int CRC_AT = 17;
    public static final int ATTRIBUTES_AT = 21;
    public static final int LAST_OFFSET_DELTA_AT = 23;
    public static final int BASE_TIMESTAMP_AT = 27;
    public static final int MAX_TIMESTAMP_AT = 35;
    public static final int PRODUCER_ID_AT = 43;
    public static final int PRODUCER_EPOCH_AT = 51;
    public static final int BASE_SEQUENCE_AT = 53;
    public static final int RECORD_COUNT_AT = 57;

    static final int CODEC_MASK = 0x07;
    public static final int LOG_APPEND_TIME_BIT = 0x08;
    public static final int TRANSACTIONAL_BIT = 0x10;
    public static final int CONTROL_BIT = 0x20;
    public static final int DELETE_HORIZON_BIT = 0x40;

    private BatchHeader() {}

    /** The attributes of a batch that a producer sends; a broker may add the other bits. */
    public static short attributes(CompressionType type, boolean transactional) {
        return (short) (type.id() | (transactional ? TRANSACTIONAL_BIT : 0));
    }

    static CompressionType compressionType(short attributes) {
        int id = attributes & CODEC_MASK;
        if (id > CompressionType.ZSTD.id()) {
            throw new WireFormatException("Record batch names unknown codec " + id);
        }
        return CompressionType.forId(id);
    }

    /** Writes all fields, the CRC as given; {@link #sealCrc} sets it once the rest of the batch stands. */
    public static void write(ByteBuffer page, int at, BatchFields fields) {
        page.putLong(at + BASE_OFFSET_AT, fields.baseOffset());
        page.putInt(at + LENGTH_AT, fields.sizeBytes() - LOG_OVERHEAD_BYTES);
        page.putInt(at + LEADER_EPOCH_AT, fields.partitionLeaderEpoch());
        page.put(at + MAGIC_AT, MAGIC);
        page.putInt(at + CRC_AT, fields.crc());
        page.putShort(at + ATTRIBUTES_AT, fields.attributes());
        page.putInt(at + LAST_OFFSET_DELTA_AT, fields.lastOffsetDelta());
        page.putLong(at + BASE_TIMESTAMP_AT, fields.baseTimestamp());
        page.putLong(at + MAX_TIMESTAMP_AT, fields.maxTimestamp());
        putProducer(page, at, fields.producerId(), fields.producerEpoch(), fields.baseSequence());
        page.putInt(at + RECORD_COUNT_AT, fields.recordCount());
    }

    /** What a producer says of a batch that it has just sealed, but of its records: offset 0, no leader epoch, no identity, no CRC yet. */
    public static void writeOfProducer(ByteBuffer page, int at, int sizeBytes, short attributes) {
        page.putLong(at + BASE_OFFSET_AT, 0);
        page.putInt(at + LENGTH_AT, sizeBytes - LOG_OVERHEAD_BYTES);
        page.putInt(at + LEADER_EPOCH_AT, -1);
        page.put(at + MAGIC_AT, MAGIC);
        page.putInt(at + CRC_AT, 0);
        page.putShort(at + ATTRIBUTES_AT, attributes);
        putProducer(page, at, -1, (short) -1, -1);
    }

    /** Sets what the header says of the records alone. */
    public static void putRecords(ByteBuffer page, int at, int recordCount, long baseTimestamp, long maxTimestamp) {
        page.putInt(at + LAST_OFFSET_DELTA_AT, recordCount - 1);
        page.putLong(at + BASE_TIMESTAMP_AT, baseTimestamp);
        page.putLong(at + MAX_TIMESTAMP_AT, maxTimestamp);
        page.putInt(at + RECORD_COUNT_AT, recordCount);
    }

    /** Sets the producer's identity alone; the CRC is stale afterwards. */
    public static void putProducer(ByteBuffer page, int at, long producerId, short producerEpoch, int baseSequence) {
        page.putLong(at + PRODUCER_ID_AT, producerId);
        page.putShort(at + PRODUCER_EPOCH_AT, producerEpoch);
        page.putInt(at + BASE_SEQUENCE_AT, baseSequence);
    }

    /**
     * Reads the fields as they lie, without judging them ({@link RecordBatchReader} does).
     *
     * @throws WireFormatException when fewer than 61 bytes are left to the buffer's limit or magic is not 2
     */
    public static BatchFields read(ByteBuffer buffer, int at) {
        if (at < 0 || buffer.limit() - at < SIZE_BYTES) {
            throw new WireFormatException(
                    "Record batch header needs " + SIZE_BYTES + " bytes, " + (buffer.limit() - at) + " are left");
        }
        byte magic = buffer.get(at + MAGIC_AT);
        if (magic != MAGIC) {
            throw new WireFormatException("Record batch has magic " + magic + ", only " + MAGIC + " is supported");
        }
        int length = buffer.getInt(at + LENGTH_AT);
        if (length < SIZE_BYTES - LOG_OVERHEAD_BYTES || length > Integer.MAX_VALUE - LOG_OVERHEAD_BYTES) {
            throw new WireFormatException("Record batch has impossible length " + length);
        }
        return new BatchFields(
                buffer.getLong(at + BASE_OFFSET_AT),
                length + LOG_OVERHEAD_BYTES,
                buffer.getInt(at + LEADER_EPOCH_AT),
                buffer.getInt(at + CRC_AT),
                buffer.getShort(at + ATTRIBUTES_AT),
                buffer.getInt(at + LAST_OFFSET_DELTA_AT),
                buffer.getLong(at + BASE_TIMESTAMP_AT),
                buffer.getLong(at + MAX_TIMESTAMP_AT),
                buffer.getLong(at + PRODUCER_ID_AT),
                buffer.getShort(at + PRODUCER_EPOCH_AT),
                buffer.getInt(at + BASE_SEQUENCE_AT),
                buffer.getInt(at + RECORD_COUNT_AT));
    }

    /**
     * The CRC-32C of a batch that lies in the first {@code count} pages, each from position to limit; the header starts at
     * the first page's position and is within that page.
     */
    public static int crc(ByteBuffer[] pages, int count) {
        CRC32C crc = new CRC32C();
        ByteBuffer first = pages[0].duplicate();
        crc.update(first.position(first.position() + ATTRIBUTES_AT));
        for (int i = 1; i < count; i++) {
            // A duplicate, as update() moves the position and the page's own may be in use by a socket write.
            crc.update(pages[i].duplicate());
        }
        return (int) crc.getValue();
    }

    /** As {@link #sealCrc(ByteBuffer[], int)}, of a batch that begins at index 0 of one buffer; the position is at its limit afterwards. */
    public static void sealCrc(ByteBuffer batch) {
        CRC32C crc = new CRC32C();
        crc.update(batch.position(ATTRIBUTES_AT));
        batch.putInt(CRC_AT, (int) crc.getValue());
    }

    /** Computes the CRC over the pages and puts it into the header at the first page's position. */
    public static void sealCrc(ByteBuffer[] pages, int count) {
        pages[0].putInt(pages[0].position() + CRC_AT, crc(pages, count));
    }
}
