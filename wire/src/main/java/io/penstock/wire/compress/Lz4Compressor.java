package io.penstock.wire.compress;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.xxhash.XXHashFactory;

/**
 * LZ4 frames as Kafka's own client writes them: independent blocks of 64 KiB, no sizes or checksums beyond the header's.
 *
 * <p>One owner at a time. The default level, 9, means the fast compressor; every other level, those below 9 too, means the
 * high-compression one at that level. That is Kafka's reading of {@code compression.lz4.level}.
 */
final class Lz4Compressor implements Compressor {

    private static final int HEADER_BYTES = 7;

    private final LZ4Compressor lz4;
    private final byte headerChecksum;
    private final int maxBlockBytes;
    private final DirectScratch scratch = new DirectScratch();
    private final BlockWalk walk = new BlockWalk();

    Lz4Compressor(int level) {
        LZ4Factory factory = LZ4Factory.fastestInstance();
        lz4 = level == CompressionType.LZ4.defaultLevel() ? factory.fastCompressor() : factory.highCompressor(level);
        maxBlockBytes = lz4.maxCompressedLength(BlockWalk.BLOCK_BYTES);
        byte[] descriptor = {(byte) (Lz4Frame.FLG_VERSION | Lz4Frame.FLG_INDEPENDENT), (byte) Lz4Frame.BD_64_KIB};
        int hash = XXHashFactory.fastestInstance().hash32().hash(descriptor, 0, descriptor.length, 0);
        headerChecksum = (byte) (hash >> 8);
    }

    @Override
    public CompressionType type() {
        return CompressionType.LZ4;
    }

    @Override
    public ByteBuffer compress(ByteBuffer[] source, int from, int count) {
        long total = Sources.totalBytes(source, from, count);
        long blocks = (total + BlockWalk.BLOCK_BYTES - 1) / BlockWalk.BLOCK_BYTES;
        ByteBuffer out = scratch.atLeast(HEADER_BYTES + blocks * (Integer.BYTES + maxBlockBytes) + Integer.BYTES);
        out.order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(Lz4Frame.MAGIC)
                .put((byte) (Lz4Frame.FLG_VERSION | Lz4Frame.FLG_INDEPENDENT))
                .put((byte) Lz4Frame.BD_64_KIB)
                .put(headerChecksum);
        walk.start(source, from, count);
        while (walk.next()) {
            putBlock(out);
        }
        out.putInt(Lz4Frame.END_MARK);
        return out.flip().order(ByteOrder.BIG_ENDIAN);
    }

    private void putBlock(ByteBuffer out) {
        int sizeAt = out.position();
        int dataAt = sizeAt + Integer.BYTES;
        int length = walk.length();
        int size = lz4.compress(walk.block(), walk.offset(), length, out, dataAt, maxBlockBytes);
        int mark = size;
        if (size >= length) {
            out.put(dataAt, walk.block(), walk.offset(), length);
            size = length;
            mark = length | Lz4Frame.STORED_BIT;
        }
        out.putInt(sizeAt, mark).position(dataAt + size);
    }

    @Override
    public void close() {}
}
