package io.penstock.wire.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.wire.WireFormatException;
import io.penstock.wire.compress.CompressionType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.utils.internals.Crc32C;
import org.junit.jupiter.api.Test;

class BatchHeaderTest {

    private static final long SEED = 61;

    private static final BatchFields FIELDS = new BatchFields(
            77,
            1234,
            5,
            0xcafebabe,
            (short) 0x34,
            99,
            1_700_000_000_000L,
            1_700_000_000_500L,
            4000L,
            (short) 7,
            12,
            100);

    @Test
    void write_thenRead_givesTheSameFields() {
        ByteBuffer page = ByteBuffer.allocateDirect(100);
        BatchHeader.write(page, 20, FIELDS);
        assertThat(BatchHeader.read(page, 20)).isEqualTo(FIELDS);
        assertThat(page.position()).isZero();
        assertThat(FIELDS.compressionType()).isEqualTo(CompressionType.ZSTD);
        assertThat(FIELDS.isTransactional()).isTrue();
        assertThat(FIELDS.isControl()).isTrue();
        assertThat(FIELDS.isLogAppendTime()).isFalse();
    }

    @Test
    void putProducer_changesNothingElse() {
        ByteBuffer page = ByteBuffer.allocateDirect(BatchHeader.SIZE_BYTES);
        BatchHeader.write(page, 0, FIELDS);
        BatchHeader.putProducer(page, 0, 9L, (short) 1, 33);
        assertThat(BatchHeader.read(page, 0)).isEqualTo(FIELDS.withProducer(9L, (short) 1, 33));
    }

    @Test
    void crc_overPagesCutAnywhere_sameAsApacheOverOneArray() {
        Random random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            byte[] bytes = new byte[BatchHeader.SIZE_BYTES + random.nextInt(5000)];
            random.nextBytes(bytes);
            ByteBuffer[] pages = cut(random, bytes);
            int expected =
                    (int) Crc32C.compute(bytes, BatchHeader.ATTRIBUTES_AT, bytes.length - BatchHeader.ATTRIBUTES_AT);
            int[] positions = positions(pages);
            assertThat(BatchHeader.crc(pages, pages.length))
                    .as("seed %d round %d", SEED, round)
                    .isEqualTo(expected);
            assertThat(positions(pages)).isEqualTo(positions);
        }
    }

    @Test
    void read_foreignOrShortBytes_fails() {
        ByteBuffer page = ByteBuffer.allocate(BatchHeader.SIZE_BYTES);
        BatchHeader.write(page, 0, FIELDS);
        assertThatThrownBy(() -> BatchHeader.read(page.duplicate().limit(60), 0))
                .isInstanceOf(WireFormatException.class);
        assertThatThrownBy(() -> BatchHeader.read(page, 1)).isInstanceOf(WireFormatException.class);
        page.put(BatchHeader.MAGIC_AT, (byte) 1);
        assertThatThrownBy(() -> BatchHeader.read(page, 0)).hasMessageContaining("magic 1");
        page.put(BatchHeader.MAGIC_AT, (byte) 2).putInt(BatchHeader.LENGTH_AT, Integer.MAX_VALUE);
        assertThatThrownBy(() -> BatchHeader.read(page, 0)).isInstanceOf(WireFormatException.class);
    }

    /** Direct pages of uneven sizes, with bytes around what counts; the header is never cut, the rest may be. */
    private static ByteBuffer[] cut(Random random, byte[] bytes) {
        List<ByteBuffer> pages = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int least = at == 0 ? BatchHeader.SIZE_BYTES : 0;
            int size = Math.min(bytes.length - at, least + random.nextInt(1500));
            int margin = random.nextInt(9);
            ByteBuffer page = ByteBuffer.allocateDirect(size + 2 * margin);
            page.put(margin, bytes, at, size);
            pages.add(page.limit(margin + size).position(margin));
            at += size;
        }
        return pages.toArray(ByteBuffer[]::new);
    }

    private static int[] positions(ByteBuffer[] pages) {
        return List.of(pages).stream().mapToInt(ByteBuffer::position).toArray();
    }
}
