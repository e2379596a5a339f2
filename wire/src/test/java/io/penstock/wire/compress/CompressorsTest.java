package io.penstock.wire.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.wire.WireFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG.Bits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xerial.snappy.Snappy;

class CompressorsTest {

    private static final long SEED = 7;

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void compress_pagesCutAnywhere_comeBackWhole(CompressionType type) {
        Random random = new Random(SEED);
        try (Compressor compressor = Compressors.create(type);
                Decompressor decompressor = Compressors.createDecompressor(type)) {
            assertThat(compressor.type()).isEqualTo(type);
            assertThat(decompressor.type()).isEqualTo(type);
            for (int round = 0; round < 60; round++) {
                byte[] bytes = bytes(random, random.nextInt(1 << random.nextInt(20)));
                ByteBuffer[] pages = pages(random, bytes);
                int[] positions =
                        Arrays.stream(pages).mapToInt(ByteBuffer::position).toArray();
                ByteBuffer packed = compressor.compress(pages, 1, pages.length - 2);
                assertThat(Arrays.stream(pages).mapToInt(ByteBuffer::position).toArray())
                        .isEqualTo(positions);
                int packedAt = packed.position();
                ByteBuffer back = decompressor.decompress(packed, bytes.length);
                assertThat(packed.position()).isEqualTo(packedAt);
                assertThat(back).as("seed %d round %d", SEED, round).isEqualTo(ByteBuffer.wrap(bytes));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void decompress_resultAtTheMaximum_isTakenAndOneMoreIsNot(CompressionType type) {
        Random random = new Random(SEED);
        try (Compressor compressor = Compressors.create(type);
                Decompressor decompressor = Compressors.createDecompressor(type)) {
            for (int size : new int[] {1, 7, 16 * 1024 - 1, 16 * 1024, 65_536, 65_537, 300_000}) {
                ByteBuffer[] source = {ByteBuffer.wrap(bytes(random, size))};
                ByteBuffer packed = compressor.compress(source, 0, 1);
                assertThat(decompressor.decompress(packed, size)).isEqualTo(source[0]);
                assertThatThrownBy(() -> decompressor.decompress(packed, size - 1))
                        .as("size %d", size)
                        .isInstanceOf(WireFormatException.class);
            }
        }
    }

    @Test
    void create_levelOutOfRange_fails() {
        assertThatThrownBy(() -> Compressors.create(CompressionType.GZIP, 0)).hasMessageContaining("1 to 9");
        assertThatThrownBy(() -> Compressors.create(CompressionType.LZ4, 18)).hasMessageContaining("1 to 17");
        assertThatThrownBy(() -> Compressors.create(CompressionType.ZSTD, 23)).hasMessageContaining("-131072 to 22");
    }

    @Test
    void types_areThoseOfApache() {
        for (CompressionType type : CompressionType.values()) {
            var apache = org.apache.kafka.common.record.internal.CompressionType.forId(type.id());
            assertThat(type.label()).isEqualTo(apache.name);
            assertThat(CompressionType.forName(apache.name)).isSameAs(type);
            assertThat(CompressionType.forId(apache.id)).isSameAs(type);
            if (type != CompressionType.NONE && type != CompressionType.SNAPPY) {
                assertThat(type.defaultLevel()).isEqualTo(apache.defaultLevel());
                assertThat(type.lowestLevel()).isEqualTo(apache.minLevel());
                assertThat(type.highestLevel()).isEqualTo(apache.maxLevel());
            }
        }
        assertThatThrownBy(() -> CompressionType.forName("LZ4")).hasMessageContaining("'LZ4'");
        assertThatThrownBy(() -> CompressionType.forId(5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lz4Frames_ofEveryShapeOtherClientsWrite_areRead() throws IOException {
        byte[] bytes = bytes(new Random(SEED), 700_000);
        try (Decompressor decompressor = Compressors.createDecompressor(CompressionType.LZ4)) {
            for (BLOCKSIZE size : BLOCKSIZE.values()) {
                for (Bits[] flags : new Bits[][] {
                    {Bits.BLOCK_INDEPENDENCE},
                    {Bits.BLOCK_INDEPENDENCE, Bits.CONTENT_CHECKSUM},
                    {Bits.BLOCK_INDEPENDENCE, Bits.BLOCK_CHECKSUM},
                    {Bits.BLOCK_INDEPENDENCE, Bits.CONTENT_SIZE, Bits.CONTENT_CHECKSUM, Bits.BLOCK_CHECKSUM},
                }) {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    try (OutputStream lz4 = new LZ4FrameOutputStream(out, size, bytes.length, flags)) {
                        lz4.write(bytes);
                    }
                    byte[] frame = out.toByteArray();
                    assertThat(decompressor.decompress(ByteBuffer.wrap(frame), bytes.length))
                            .isEqualTo(ByteBuffer.wrap(bytes));
                    if (flags.length > 1) {
                        frame[frame.length - 1 - (flags[1] == Bits.BLOCK_CHECKSUM ? 4 : 0)] ^= 1;
                        assertThatThrownBy(() -> decompressor.decompress(ByteBuffer.wrap(frame), bytes.length))
                                .isInstanceOf(WireFormatException.class)
                                .hasMessageContaining("checksum");
                    }
                }
            }
        }
    }

    @Test
    void snappyBlock_withoutFraming_isRead() throws IOException {
        byte[] bytes = bytes(new Random(SEED), 50_000);
        try (Decompressor decompressor = Compressors.createDecompressor(CompressionType.SNAPPY)) {
            assertThat(decompressor.decompress(ByteBuffer.wrap(Snappy.compress(bytes)), bytes.length))
                    .isEqualTo(ByteBuffer.wrap(bytes));
            ByteBuffer empty = ByteBuffer.wrap(Snappy.compress(new byte[0]));
            assertThat(decompressor.decompress(empty, 0).remaining()).isZero();
        }
    }

    @Test
    void snappyBlock_thatClaimsMoreThanItCanHold_isRefusedWithoutMemoryForIt() {
        byte[] claim = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07, 0, 0};
        try (Decompressor decompressor = Compressors.createDecompressor(CompressionType.SNAPPY)) {
            assertThatThrownBy(() -> decompressor.decompress(ByteBuffer.wrap(claim), Integer.MAX_VALUE))
                    .isInstanceOf(WireFormatException.class)
                    .hasMessageContaining("2147483647 bytes it claims");
        }
    }

    @Test
    void gzip_withSeveralMembersAndHeaderFields_isRead() throws IOException {
        byte[] bytes = bytes(new Random(SEED), 50_000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] plain = gzip(bytes);
        // Flags for extra, name and comment; then those fields, then the deflate stream of the plain member.
        out.write(new byte[] {0x1f, (byte) 0x8b, 8, 0x1c, 0, 0, 0, 0, 0, 0, 2, 0, 'x', 'y', 'n', 0, 'c', 'c', 0});
        out.write(plain, 10, plain.length - 10);
        out.write(plain);
        try (Decompressor decompressor = Compressors.createDecompressor(CompressionType.GZIP)) {
            ByteBuffer back = decompressor.decompress(ByteBuffer.wrap(out.toByteArray()), 2 * bytes.length);
            assertThat(back.remaining()).isEqualTo(2 * bytes.length);
            assertThat(back.slice(0, bytes.length)).isEqualTo(ByteBuffer.wrap(bytes));
            assertThat(back.slice(bytes.length, bytes.length)).isEqualTo(ByteBuffer.wrap(bytes));
        }
    }

    @Test
    void decompressors_keepOnePerCodec() {
        try (Decompressors decompressors = new Decompressors()) {
            for (CompressionType type : CompressionType.values()) {
                assertThat(decompressors.of(type)).isSameAs(decompressors.of(type));
            }
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    /** JSON with stretches of noise, so that blocks that do not compress occur too. */
    private static byte[] bytes(Random random, int size) {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        while (buffer.hasRemaining()) {
            byte[] part = JsonSample.event(random);
            if (random.nextInt(300) == 0) {
                part = new byte[random.nextInt(150_000)];
                random.nextBytes(part);
            }
            buffer.put(part, 0, Math.min(part.length, buffer.remaining()));
        }
        return buffer.array();
    }

    /** Pages with margins, direct or not, some empty; the first and the last are not part of what is compressed. */
    private static ByteBuffer[] pages(Random random, byte[] bytes) {
        List<ByteBuffer> pages = new ArrayList<>(List.of(ByteBuffer.allocate(3)));
        int at = 0;
        do {
            int size = Math.min(bytes.length - at, random.nextInt(1 << random.nextInt(19)));
            ByteBuffer page =
                    random.nextInt(4) == 0 ? ByteBuffer.allocate(size + 6) : ByteBuffer.allocateDirect(size + 6);
            page.put(3, bytes, at, size);
            pages.add(page.limit(3 + size).position(3));
            at += size;
        } while (at < bytes.length);
        pages.add(ByteBuffer.allocateDirect(5));
        return pages.toArray(ByteBuffer[]::new);
    }
}
