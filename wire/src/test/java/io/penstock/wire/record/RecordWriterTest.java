package io.penstock.wire.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

class RecordWriterTest {

    private static final long SEED = 4711;

    @Test
    void write_byArraysByBuffersAndAcrossPages_givesTheSameBytesOfTheSizeSaid() {
        Random random = new Random(SEED);
        for (int round = 0; round < 2000; round++) {
            SampleRecord r = SampleRecord.random(random, 1_700_000_000_000L);
            int offsetDelta = random.nextInt() >>> 1 + random.nextInt(30);
            long timestampDelta = random.nextLong() >> random.nextInt(63);
            int body =
                    RecordWriter.bodySizeOf(offsetDelta, timestampDelta, r.keySize(), r.valueSize(), r.headersSize());
            int size = RecordWriter.sizeOf(body);
            String as = "seed " + SEED + " round " + round;

            assertThat(RecordWriter.bodySizeOf(
                            offsetDelta, timestampDelta, KeyValue.of(r.key(), r.value()), r.headersSize()))
                    .as(as)
                    .isEqualTo(body);
            ByteBuffer arrays = ByteBuffer.allocateDirect(size);
            assertThat(RecordWriter.write(
                            arrays, 0, body, offsetDelta, timestampDelta, KeyValue.of(r.key(), r.value()), r))
                    .as(as)
                    .isEqualTo(size);
            ByteBuffer buffers = ByteBuffer.allocateDirect(size + 5);
            RecordWriter.write(
                    buffers, 5, body, offsetDelta, timestampDelta, inTheMiddle(r.key()), inTheMiddle(r.value()), r);
            assertThat(buffers.slice(5, size)).as(as).isEqualTo(arrays);
            int pageBytes = 1 + random.nextInt(200);
            assertThat(spanning(r, body, offsetDelta, timestampDelta, pageBytes, round % 2 == 0))
                    .as(as + " pages of " + pageBytes)
                    .isEqualTo(arrays);
            assertThat(RecordWriter.maxSizeOf(r.keySize(), r.valueSize(), r.headersSize()))
                    .isGreaterThanOrEqualTo(size);
        }
    }

    /** One store of up to eight bytes must be what the varints are one by one, wherever one of them grows by a byte. */
    @Test
    void writePrefix_aroundEachVarintsBounds_isTheVarintsOneByOne() {
        int[] sizes = {6, 7, 8, 63, 64, 8_191, 8_192, 1_048_575, 1_048_576, 200_000_000};
        int[] offsets = {0, 63, 64, 8_191, 8_192, 1_048_575, 1_048_576, Integer.MAX_VALUE};
        long[] times = {0, -1, 1, 63, 64, -64, -65, 8_191, 8_192, -8_192, -8_193, 1L << 40, Long.MIN_VALUE};
        for (int size : sizes) {
            for (int offset : offsets) {
                for (long time : times) {
                    ByteBuffer expected = ByteBuffer.allocate(30);
                    int end = Varints.putVarint(expected, 1, size);
                    end = Varints.putVarlong(expected.put(end, (byte) 0), end + 1, time);
                    end = Varints.putVarint(expected, end, offset);
                    ByteBuffer actual = ByteBuffer.allocate(30);
                    assertThat(RecordWriter.writePrefix(actual, 1, size, offset, time))
                            .isEqualTo(end);
                    assertThat(actual.slice(0, end)).isEqualTo(expected.slice(0, end));
                }
            }
        }
    }

    @Test
    void headerKeys_anyText_sameUtf8AsTheJdk() {
        Random random = new Random(SEED);
        for (int round = 0; round < 5000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append((char) random.nextInt(1 << (7 + random.nextInt(10))));
                if (random.nextInt(3) == 0) {
                    text.appendCodePoint(0xd7f0 + random.nextInt(0x900));
                }
            }
            byte[] expected = text.toString().getBytes(StandardCharsets.UTF_8);
            assertThat(Utf8.sizeOf(text.toString())).isEqualTo(expected.length);
            ByteBuffer page = ByteBuffer.allocateDirect(expected.length);
            assertThat(Utf8.put(page, 0, text.toString())).isEqualTo(expected.length);
            assertThat(page).as("seed %d round %d", SEED, round).isEqualTo(ByteBuffer.wrap(expected));
        }
    }

    @Test
    void write_headersThatGrewSinceSized_fails() {
        SampleRecord sized = new SampleRecord(0, null, null, List.of());
        SampleRecord grown = new SampleRecord(0, null, null, List.of(new RecordHeader("k", new byte[3])));
        int body = RecordWriter.bodySizeOf(0, 0, -1, -1, sized.headersSize());
        ByteBuffer page = ByteBuffer.allocateDirect(100);
        assertThatThrownBy(() -> RecordWriter.write(page, 0, body, 0, 0, KeyValue.of(null, null), grown))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("changed while it was written");
    }

    @Test
    void bodySizeOf_largerThanAnInt_fails() {
        assertThatThrownBy(() -> RecordWriter.bodySizeOf(0, 0, Integer.MAX_VALUE, Integer.MAX_VALUE, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4294967");
    }

    private static ByteBuffer inTheMiddle(byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length + 7);
        return buffer.put(3, bytes).limit(3 + bytes.length).position(3);
    }

    private static ByteBuffer spanning(
            SampleRecord r, int body, int offsetDelta, long timestampDelta, int pageBytes, boolean asBuffers) {
        List<ByteBuffer> pages = new ArrayList<>();
        PageCursor cursor = new PageCursor() {
            @Override
            protected ByteBuffer nextPage() {
                pages.add(ByteBuffer.allocateDirect(pageBytes + 2)
                        .limit(pageBytes + 1)
                        .position(1));
                return pages.get(pages.size() - 1);
            }
        };
        cursor.start(cursor.nextPage(), 1, pageBytes + 1);
        if (asBuffers) {
            RecordWriter.write(
                    cursor, body, offsetDelta, timestampDelta, inTheMiddle(r.key()), inTheMiddle(r.value()), r);
        } else {
            RecordWriter.write(cursor, body, offsetDelta, timestampDelta, KeyValue.of(r.key(), r.value()), r);
        }
        int size = RecordWriter.sizeOf(body);
        assertThat(cursor.writtenBytes()).isEqualTo(size);
        assertThat(cursor.page()).isSameAs(pages.get(pages.size() - 1));
        cursor.page().limit(cursor.index());
        ByteBuffer whole = ByteBuffer.allocate(size);
        pages.forEach(whole::put);
        return whole.flip();
    }
}
