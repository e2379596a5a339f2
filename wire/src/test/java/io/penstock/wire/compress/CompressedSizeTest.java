package io.penstock.wire.compress;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.wire.record.BatchHeader;
import io.penstock.wire.record.HeaderSource;
import io.penstock.wire.record.KeyValue;
import io.penstock.wire.record.RecordWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prevents that speed is bought with size: at the default levels our batches are at most 2 % larger than Apache's. */
class CompressedSizeTest {

    private static final long SEED = 2;

    @ParameterizedTest
    @CsvSource({
        "GZIP,1", "SNAPPY,1", "LZ4,1", "ZSTD,1",
        "GZIP,100", "SNAPPY,100", "LZ4,100", "ZSTD,100",
        "GZIP,700", "SNAPPY,700", "LZ4,700", "ZSTD,700",
        "GZIP,1500", "SNAPPY,1500", "LZ4,1500", "ZSTD,1500",
        "GZIP,3000", "SNAPPY,3000", "LZ4,3000", "ZSTD,3000",
        "GZIP,8000", "SNAPPY,8000", "LZ4,8000", "ZSTD,8000",
    })
    void jsonBatch_atTheDefaultLevel_isAtMostTwoPercentLargerThanApaches(CompressionType type, int recordCount) {
        Random random = new Random(SEED);
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < recordCount; i++) {
            values.add(JsonSample.event(random));
        }
        int apache = apacheSize(type, values);
        int ours = ourSize(type, values);
        assertThat(ours)
                .as("%s, %d records: ours %d bytes, Apache's %d", type.label(), recordCount, ours, apache)
                .isLessThanOrEqualTo((int) (apache * 1.02));
    }

    private static int apacheSize(CompressionType type, List<byte[]> values) {
        Compression compression = Compression.of(type.label()).build();
        try (MemoryRecordsBuilder builder =
                MemoryRecords.builder(ByteBuffer.allocate(1 << 16), compression, TimestampType.CREATE_TIME, 0)) {
            for (byte[] value : values) {
                builder.append(1_700_000_000_000L, null, value);
            }
            return builder.build().sizeInBytes();
        }
    }

    private static int ourSize(CompressionType type, List<byte[]> values) {
        ByteBuffer page = ByteBuffer.allocateDirect(4 << 20);
        int at = 0;
        for (int i = 0; i < values.size(); i++) {
            int body = RecordWriter.bodySizeOf(i, 0, -1, values.get(i).length, RecordWriter.NO_HEADERS_SIZE_BYTES);
            at = RecordWriter.write(page, at, body, i, 0, KeyValue.of(null, values.get(i)), HeaderSource.NONE);
        }
        try (Compressor compressor = Compressors.create(type)) {
            return BatchHeader.SIZE_BYTES
                    + compressor
                            .compress(new ByteBuffer[] {page.limit(at)}, 0, 1)
                            .remaining();
        }
    }
}
