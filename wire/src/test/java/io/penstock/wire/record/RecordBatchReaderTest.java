package io.penstock.wire.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.wire.WireFormatException;
import io.penstock.wire.compress.CompressionType;
import io.penstock.wire.compress.Compressor;
import io.penstock.wire.compress.Compressors;
import io.penstock.wire.compress.Decompressors;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes that are not what they should be cost a WireFormatException, never another one, never memory beyond the bound. */
class RecordBatchReaderTest {

    private static final long SEED = 99;
    private static final int MAX_BYTES = 1 << 20;

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void anyFlippedBit_isFoundByTheCrcOrTheHeader(CompressionType type) {
        ByteBuffer batch = batch(type, 3);
        try (Decompressors decompressors = new Decompressors()) {
            for (int bit = 0; bit < batch.limit() * 8; bit++) {
                ByteBuffer flipped = flip(batch, bit);
                // Offset and leader epoch are the broker's to set and not under the CRC.
                boolean free = bit / 8 < 8 || bit / 8 >= 12 && bit / 8 < 16;
                if (free && flipped.getLong(0) >= 0) {
                    RecordBatchReader.of(flipped, decompressors, MAX_BYTES).validate();
                } else {
                    assertRefused(flipped, decompressors, "bit " + bit);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void flippedBits_underACrcThatFits_giveRecordsOrAWireFormatException(CompressionType type) {
        Random random = new Random(SEED + type.id());
        List<ByteBuffer> samples = List.of(batch(type, 1), batch(type, 2), batch(type, 3));
        try (Decompressors decompressors = new Decompressors()) {
            for (int round = 0; round < 4000; round++) {
                ByteBuffer batch = flip(samples.get(random.nextInt(3)), -1);
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    int at = BatchHeader.ATTRIBUTES_AT + random.nextInt(batch.limit() - BatchHeader.ATTRIBUTES_AT);
                    batch.put(at, (byte) (batch.get(at) ^ 1 << random.nextInt(8)));
                }
                BatchHeader.sealCrc(new ByteBuffer[] {batch}, 1);
                readOrRefuse(batch, decompressors, "seed " + (SEED + type.id()) + " round " + round);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void truncatedAnywhere_withLengthAndCrcThatFit_isRefused(CompressionType type) {
        ByteBuffer batch = batch(type, 3);
        try (Decompressors decompressors = new Decompressors()) {
            for (int size = 0; size < batch.limit(); size++) {
                ByteBuffer cut = flip(batch, -1).limit(size);
                assertRefused(cut, decompressors, "cut to " + size);
                if (size >= BatchHeader.SIZE_BYTES) {
                    cut.putInt(BatchHeader.LENGTH_AT, size - BatchHeader.LOG_OVERHEAD_BYTES);
                    BatchHeader.sealCrc(new ByteBuffer[] {cut}, 1);
                    assertRefused(cut, decompressors, "cut to " + size);
                }
            }
        }
    }

    @Test
    void noise_withAHeaderThatFits_isRefused() {
        Random random = new Random(SEED);
        try (Decompressors decompressors = new Decompressors()) {
            for (int round = 0; round < 20_000; round++) {
                byte[] noise = new byte[random.nextInt(80)];
                random.nextBytes(noise);
                ByteBuffer batch = header(random.nextInt(5), noise.length, 1 + random.nextInt(3));
                batch.put(BatchHeader.SIZE_BYTES, noise);
                BatchHeader.sealCrc(new ByteBuffer[] {batch}, 1);
                readOrRefuse(batch, decompressors, "seed " + SEED + " round " + round);
            }
        }
    }

    @Test
    void recordCount_moreThanTheBytesCouldHold_isRefusedAtOnce() {
        ByteBuffer batch = header(0, 70, Integer.MAX_VALUE);
        BatchHeader.sealCrc(new ByteBuffer[] {batch}, 1);
        assertThatThrownBy(() -> RecordBatchReader.of(batch))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("cannot hold 2147483647 records");
    }

    @Test
    void records_thatDecompressBeyondTheMaximum_areRefused() {
        ByteBuffer zeros = ByteBuffer.allocateDirect(2 * MAX_BYTES);
        for (CompressionType type : CompressionType.values()) {
            try (Compressor compressor = Compressors.create(type);
                    Decompressors decompressors = new Decompressors()) {
                ByteBuffer packed = compressor.compress(new ByteBuffer[] {zeros}, 0, 1);
                ByteBuffer batch = header(type.id(), packed.remaining(), 0);
                batch.put(BatchHeader.SIZE_BYTES, packed, packed.position(), packed.remaining());
                BatchHeader.sealCrc(new ByteBuffer[] {batch}, 1);
                if (type != CompressionType.NONE) {
                    assertThatThrownBy(() -> RecordBatchReader.of(batch, decompressors, MAX_BYTES))
                            .isInstanceOf(WireFormatException.class)
                            .hasMessageContaining("1048576");
                }
            }
        }
    }

    @Test
    void offsetDeltas_afterCompaction_mayHaveGapsButNeverGoBack() {
        ByteBuffer gaps = uncompressed(9, delta(2), delta(5), delta(9));
        assertThat(RecordBatchReader.of(gaps)).extracting(RecordView::offset).containsExactly(2L, 5L, 9L);
        RecordBatchReader back = RecordBatchReader.of(uncompressed(9, delta(2), delta(2)));
        assertThatThrownBy(back::validate).hasMessageContaining("offset delta 2 after 2");
        RecordBatchReader beyond = RecordBatchReader.of(uncompressed(3, delta(4)));
        assertThatThrownBy(beyond::validate).hasMessageContaining("ends at 3");
    }

    @Test
    void batch_withoutRecords_isEmpty() {
        RecordBatchReader empty = RecordBatchReader.of(uncompressed(5));
        Iterator<RecordView> walk = empty.iterator();
        assertThat(walk.hasNext()).isFalse();
        assertThatThrownBy(walk::next).isInstanceOf(NoSuchElementException.class);
        assertThat(empty.fields().lastOffset()).isEqualTo(5);
    }

    @Test
    void split_lengthThatCannotBe_isRefused() {
        ByteBuffer run = ByteBuffer.allocate(100).putInt(BatchHeader.LENGTH_AT, -1);
        assertThatThrownBy(() -> RecordBatchReader.split(run)).isInstanceOf(WireFormatException.class);
        assertThat(RecordBatchReader.split(ByteBuffer.allocate(0))).isEmpty();
    }

    /** Plain, as it runs for every bit of a batch and an assertion chain each takes seconds. */
    private static void assertRefused(ByteBuffer batch, Decompressors decompressors, String as) {
        try {
            RecordBatchReader.of(batch, decompressors, MAX_BYTES).validate();
        } catch (WireFormatException expected) {
            return;
        }
        throw new AssertionError(as + " was taken");
    }

    private static void readOrRefuse(ByteBuffer batch, Decompressors decompressors, String as) {
        try {
            RecordBatchReader reader = RecordBatchReader.of(batch, decompressors, MAX_BYTES);
            assertThat(reader.recordsSizeBytes()).as(as).isLessThanOrEqualTo(MAX_BYTES);
            for (RecordView record : reader) {
                assertThat(record.headers()).as(as).hasSize(record.headerCount());
            }
        } catch (WireFormatException expected) {
            return;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(as, e);
        }
    }

    private static ByteBuffer batch(CompressionType type, int count) {
        List<SampleRecord> records = SampleRecord.randomBatch(new Random(SEED + count), count);
        try (Compressor compressor = Compressors.create(type)) {
            return PagedBatch.build(records, 4096, compressor, PagedBatch.Identity.NONE);
        }
    }

    private static ByteBuffer flip(ByteBuffer batch, int bit) {
        ByteBuffer copy = ByteBuffer.allocate(batch.limit()).put(0, batch, 0, batch.limit());
        if (bit >= 0) {
            copy.put(bit / 8, (byte) (copy.get(bit / 8) ^ 1 << bit % 8));
        }
        return copy;
    }

    private static ByteBuffer header(int codec, int recordsBytes, int recordCount) {
        int size = BatchHeader.SIZE_BYTES + recordsBytes;
        ByteBuffer batch = ByteBuffer.allocate(size);
        BatchHeader.write(batch, 0, BatchFields.ofProducer(size, (short) codec, Math.max(recordCount, 1), 0, 0));
        return batch.putInt(BatchHeader.RECORD_COUNT_AT, recordCount);
    }

    private static byte[] delta(int offsetDelta) {
        return new byte[] {12, 0, 0, (byte) (offsetDelta << 1), 1, 1, 0};
    }

    private static ByteBuffer uncompressed(int lastOffsetDelta, byte[]... records) {
        int bytes = 0;
        for (byte[] record : records) {
            bytes += record.length;
        }
        ByteBuffer batch = header(0, bytes, records.length);
        batch.putInt(BatchHeader.LAST_OFFSET_DELTA_AT, lastOffsetDelta);
        int at = BatchHeader.SIZE_BYTES;
        for (byte[] record : records) {
            batch.put(at, record);
            at += record.length;
        }
        BatchHeader.sealCrc(new ByteBuffer[] {batch}, 1);
        return batch;
    }
}
