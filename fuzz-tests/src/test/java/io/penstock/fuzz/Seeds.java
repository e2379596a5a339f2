package io.penstock.fuzz;

import io.penstock.wire.compress.CompressionType;
import io.penstock.wire.compress.Compressor;
import io.penstock.wire.compress.Compressors;
import io.penstock.wire.record.BatchHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Inputs to begin with, for targets whose bytes a mutation would hardly hit upon. */
final class Seeds {

    private Seeds() {}

    static void write(Path folder) throws IOException {
        for (CompressionType type : CompressionType.values()) {
            for (int size : new int[] {0, 1, 100, 70_000}) {
                byte[] packed = packed(type, size);
                Files.write(folder.resolve("codec-" + type.label() + "-" + size), withFirst((byte) type.id(), packed));
                byte[] batch = new byte[BatchHeader.SIZE_BYTES + packed.length];
                batch[BatchHeader.ATTRIBUTES_AT + 1] = (byte) type.id();
                System.arraycopy(packed, 0, batch, BatchHeader.SIZE_BYTES, packed.length);
                Files.write(folder.resolve("batch-" + type.label() + "-" + size), batch);
            }
        }
        Files.write(folder.resolve("frames"), new byte[] {3, 0, 0, 0, 5, 1, 2, 3, 4, 5, 0, 0, 0, 4, 9, 9, 9, 9});
    }

    private static byte[] packed(CompressionType type, int size) {
        byte[] plain = new byte[size];
        new Random(size).nextBytes(plain);
        java.util.Arrays.fill(plain, 0, size / 2, (byte) 7);
        try (Compressor compressor = Compressors.create(type)) {
            ByteBuffer out = compressor.compress(
                    new ByteBuffer[] {ByteBuffer.allocateDirect(size).put(plain).flip()}, 0, 1);
            byte[] bytes = new byte[out.remaining()];
            out.get(bytes);
            return bytes;
        }
    }

    private static byte[] withFirst(byte first, byte[] rest) {
        return ByteBuffer.allocate(1 + rest.length).put(first).put(rest).array();
    }
}
