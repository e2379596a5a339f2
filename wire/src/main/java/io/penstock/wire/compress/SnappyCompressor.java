package io.penstock.wire.compress;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xerial.snappy.Snappy;

/**
 * Snappy in the framing of snappy-java's streams, which Kafka took over: raw blocks, each after its length.
 *
 * <pre>
 *   82 'S' 'N' 'A' 'P' 'P' 'Y' 00 | int32 version 1 | int32 lowest compatible version 1 | { int32 length | block } ...
 * </pre>
 *
 * <p>One owner at a time. Blocks hold 64 KiB, as far back as snappy looks; smaller ones only lose matches.
 */
final class SnappyCompressor implements Compressor {

    static final long MAGIC = 0x82_53_4e_41_50_50_59_00L;
    static final int VERSION = 1;
    static final int HEADER_BYTES = 16;

    private final int maxBlockBytes = Snappy.maxCompressedLength(BlockWalk.BLOCK_BYTES);
    private final DirectScratch scratch = new DirectScratch();
    private final BlockWalk walk = new BlockWalk();

    @Override
    public CompressionType type() {
        return CompressionType.SNAPPY;
    }

    @Override
    public ByteBuffer compress(ByteBuffer[] source, int from, int count) {
        long total = Sources.totalBytes(source, from, count);
        long blocks = (total + BlockWalk.BLOCK_BYTES - 1) / BlockWalk.BLOCK_BYTES;
        ByteBuffer out = scratch.atLeast(HEADER_BYTES + blocks * (Integer.BYTES + maxBlockBytes));
        out.putLong(MAGIC).putInt(VERSION).putInt(VERSION);
        walk.start(source, from, count);
        while (walk.next()) {
            ByteBuffer block = walk.block().duplicate();
            block.limit(walk.offset() + walk.length()).position(walk.offset());
            int lengthAt = out.position();
            // The library writes at the position of a buffer and moves its limit: it gets its own view.
            ByteBuffer target = out.duplicate().position(lengthAt + Integer.BYTES);
            int size = compress(block, target);
            out.putInt(lengthAt, size).position(lengthAt + Integer.BYTES + size);
        }
        return out.flip();
    }

    private static int compress(ByteBuffer block, ByteBuffer target) {
        try {
            return Snappy.compress(block, target);
        } catch (IOException e) {
            throw new IllegalStateException("Snappy could not compress a block", e);
        }
    }

    @Override
    public void close() {}
}
