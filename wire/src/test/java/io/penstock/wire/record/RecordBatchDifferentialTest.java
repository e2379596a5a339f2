package io.penstock.wire.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.wire.compress.CompressionType;
import io.penstock.wire.compress.Compressor;
import io.penstock.wire.compress.Compressors;
import io.penstock.wire.compress.Decompressors;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Our batches before Apache's reader and the other way round, from seeds; every codec at every level. */
class RecordBatchDifferentialTest {

    private static final long SEED = 2026_04;

    static Stream<Arguments> codecsAndLevels() {
        Stream.Builder<Arguments> all = Stream.builder();
        all.add(Arguments.of(CompressionType.NONE, 0)).add(Arguments.of(CompressionType.SNAPPY, 0));
        IntStream.concat(IntStream.of(-1), IntStream.rangeClosed(1, 9))
                .forEach(level -> all.add(Arguments.of(CompressionType.GZIP, level)));
        IntStream.rangeClosed(1, 17).forEach(level -> all.add(Arguments.of(CompressionType.LZ4, level)));
        IntStream.of(-131072, -5, -1, 1, 2, 3, 4, 5, 6, 9, 12, 15, 19, 22)
                .forEach(level -> all.add(Arguments.of(CompressionType.ZSTD, level)));
        return all.build();
    }

    @ParameterizedTest
    @MethodSource("codecsAndLevels")
    void batch_writtenByUs_isReadByApache(CompressionType type, int level) {
        try (Compressor compressor = Compressors.create(type, level)) {
            for (int round = 0; round < 6; round++) {
                Random random = new Random(SEED + round);
                List<SampleRecord> records = SampleRecord.randomBatch(random, 1 + random.nextInt(120));
                PagedBatch.Identity identity = identity(random);
                int pageBytes = 64 << random.nextInt(11);
                ByteBuffer ours = PagedBatch.build(records, pageBytes, compressor, identity);

                Iterator<MutableRecordBatch> batches =
                        MemoryRecords.readableRecords(ours).batchIterator();
                MutableRecordBatch read = batches.next();
                assertThat(batches.hasNext()).isFalse();
                read.ensureValid();
                assertThat(read.compressionType().name).isEqualTo(type.label());
                assertThat(read.producerId()).isEqualTo(identity.producerId());
                assertThat(read.producerEpoch()).isEqualTo(identity.epoch());
                assertThat(read.baseSequence()).isEqualTo(identity.sequence());
                assertThat(read.isTransactional()).isEqualTo(identity.transactional());
                assertThat(read.timestampType()).isEqualTo(TimestampType.CREATE_TIME);
                assertThat(read.maxTimestamp())
                        .isEqualTo(records.stream()
                                .mapToLong(SampleRecord::timestamp)
                                .max()
                                .getAsLong());
                assertThat(read.countOrNull()).isEqualTo(records.size());
                assertSame(records, read, "seed " + (SEED + round) + " pages of " + pageBytes);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("codecsAndLevels")
    void batch_writtenByApache_isReadByUs(CompressionType type, int level) {
        try (Decompressors decompressors = new Decompressors()) {
            for (int round = 0; round < 6; round++) {
                Random random = new Random(SEED + 100 + round);
                List<SampleRecord> records = SampleRecord.randomBatch(random, 1 + random.nextInt(120));
                PagedBatch.Identity identity = identity(random);
                long baseOffset = random.nextInt(1_000_000);
                boolean appendTime = random.nextBoolean();
                ByteBuffer apache = apache(records, compression(type, level), identity, baseOffset, appendTime);

                RecordBatchReader read =
                        RecordBatchReader.of(round % 2 == 0 ? apache : direct(apache), decompressors, 64 << 20);
                String as = "seed " + (SEED + 100 + round);
                assertThat(read.fields().compressionType()).isEqualTo(type);
                assertThat(read.fields().baseOffset()).isEqualTo(baseOffset);
                assertThat(read.fields().producerId()).isEqualTo(identity.producerId());
                assertThat(read.fields().isTransactional()).isEqualTo(identity.transactional());
                assertThat(read.fields().isLogAppendTime()).isEqualTo(appendTime);
                assertThat(read.fields().recordCount()).isEqualTo(records.size());
                assertSame(records, read, baseOffset, appendTime ? APPEND_TIME : -1, as);
            }
        }
    }

    @Test
    void batch_uncompressed_isTheSameBytesAsApaches() {
        for (int round = 0; round < 300; round++) {
            Random random = new Random(SEED + 1000 + round);
            List<SampleRecord> records = SampleRecord.randomBatch(random, 1 + random.nextInt(60));
            PagedBatch.Identity identity = identity(random);
            ByteBuffer apache = apache(records, Compression.NONE, identity, 0, false);
            try (Compressor none = Compressors.create(CompressionType.NONE)) {
                ByteBuffer ours = PagedBatch.build(records, 61 + random.nextInt(4000), none, identity);
                assertThat(ours).as("seed %d", SEED + 1000 + round).isEqualTo(apache);
            }
        }
    }

    @Test
    void controlBatch_ofApache_isReadAsSuch() {
        MemoryRecords marker = MemoryRecords.withEndTransactionMarker(
                42L, 1_700_000_000_000L, 3, 9L, (short) 2, new EndTransactionMarker(ControlRecordType.COMMIT, 5));
        RecordBatchReader read = RecordBatchReader.of(marker.buffer());
        assertThat(read.fields().isControl()).isTrue();
        assertThat(read.fields().isTransactional()).isTrue();
        assertThat(read.fields().partitionLeaderEpoch()).isEqualTo(3);
        RecordView record = read.iterator().next();
        assertThat(record.offset()).isEqualTo(42);
        assertThat(ControlRecordType.parse(record.key())).isEqualTo(ControlRecordType.COMMIT);
    }

    @Test
    void run_ofSeveralBatches_isSplitAndAnIncompleteLastOneLeftOut() {
        ByteBuffer run = ByteBuffer.allocate(1 << 20);
        List<SampleRecord> all = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Random random = new Random(SEED + i);
            List<SampleRecord> records = SampleRecord.randomBatch(random, 10);
            run.put(apache(records, compression(CompressionType.LZ4, 9), identity(random), 10L * i, false));
            all.addAll(records);
            ends.add(run.position());
        }
        run.flip();
        List<RecordView> read = new ArrayList<>();
        for (ByteBuffer batch : RecordBatchReader.split(run)) {
            RecordBatchReader.of(batch).forEach(read::add);
        }
        assertThat(read).extracting(RecordView::offset).containsExactlyElementsOf(LongRange.upTo(all.size()));
        for (int cut = 0; cut < run.limit(); cut += 7) {
            int limit = cut;
            assertThat(RecordBatchReader.split(run.duplicate().limit(cut)))
                    .hasSize((int) ends.stream().filter(end -> end <= limit).count());
        }
    }

    /** The numbers 0 to n-1 as a list. */
    private static final class LongRange {
        static List<Long> upTo(int n) {
            return IntStream.range(0, n).mapToObj(i -> (long) i).toList();
        }
    }

    private static final long APPEND_TIME = 1_800_000_000_000L;

    private static PagedBatch.Identity identity(Random random) {
        return random.nextBoolean()
                ? PagedBatch.Identity.NONE
                : new PagedBatch.Identity(
                        random.nextInt(100_000),
                        (short) random.nextInt(100),
                        random.nextInt(1000),
                        random.nextBoolean());
    }

    private static Compression compression(CompressionType type, int level) {
        return switch (type) {
            case NONE -> Compression.NONE;
            case GZIP -> Compression.gzip().level(level).build();
            case SNAPPY -> Compression.snappy().build();
            case LZ4 -> Compression.lz4().level(level).build();
            case ZSTD -> Compression.zstd().level(level).build();
        };
    }

    private static ByteBuffer apache(
            List<SampleRecord> records,
            Compression compression,
            PagedBatch.Identity identity,
            long baseOffset,
            boolean appendTime) {
        try (MemoryRecordsBuilder builder = MemoryRecords.builder(
                ByteBuffer.allocate(1 << 16),
                RecordBatch.MAGIC_VALUE_V2,
                compression,
                appendTime ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME,
                baseOffset,
                appendTime ? APPEND_TIME : RecordBatch.NO_TIMESTAMP,
                identity.producerId(),
                identity.epoch(),
                identity.sequence(),
                identity.transactional(),
                RecordBatch.NO_PARTITION_LEADER_EPOCH)) {
            for (SampleRecord r : records) {
                builder.append(r.timestamp(), r.key(), r.value(), r.apacheHeaders());
            }
            return builder.build().buffer();
        }
    }

    private static ByteBuffer direct(ByteBuffer bytes) {
        return ByteBuffer.allocateDirect(bytes.remaining())
                .put(bytes.duplicate())
                .flip();
    }

    private static void assertSame(List<SampleRecord> expected, Iterable<Record> read, String as) {
        int i = 0;
        for (Record record : read) {
            record.ensureValid();
            SampleRecord sample = expected.get(i);
            assertThat(record.offset()).as(as).isEqualTo(i++);
            assertThat(record.timestamp()).as(as).isEqualTo(sample.timestamp());
            assertThat(record.key()).as(as).isEqualTo(wrap(sample.key()));
            assertThat(record.value()).as(as).isEqualTo(wrap(sample.value()));
            assertThat(record.headers()).as(as).isEqualTo(sample.apacheHeaders());
        }
        assertThat(i).as(as).isEqualTo(expected.size());
    }

    private static void assertSame(
            List<SampleRecord> expected, RecordBatchReader read, long baseOffset, long appendTime, String as) {
        int i = 0;
        for (RecordView record : read) {
            SampleRecord sample = expected.get(i);
            assertThat(record.offset()).as(as).isEqualTo(baseOffset + i++);
            assertThat(record.timestamp()).as(as).isEqualTo(appendTime < 0 ? sample.timestamp() : appendTime);
            assertThat(record.key()).as(as).isEqualTo(wrap(sample.key()));
            assertThat(record.value()).as(as).isEqualTo(wrap(sample.value()));
            assertThat(record.headerCount()).as(as).isEqualTo(sample.headerCount());
            List<HeaderView> headers = record.headers();
            for (int h = 0; h < headers.size(); h++) {
                assertThat(headers.get(h).key()).as(as).isEqualTo(sample.headerKey(h));
                assertThat(headers.get(h).value()).as(as).isEqualTo(wrap(sample.headerValue(h)));
            }
        }
        assertThat(i).as(as).isEqualTo(expected.size());
    }

    private static ByteBuffer wrap(byte[] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
