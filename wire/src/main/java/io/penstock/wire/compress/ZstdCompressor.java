package io.penstock.wire.compress;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;

/**
 * One zstd frame a batch, compressed in one shot.
 *
 * <p>One owner at a time. The context is native memory of its own that is kept until {@link #close()}. Knowing the whole
 * size beforehand, zstd picks tables that fit it, which a stream cannot.
 */
final class ZstdCompressor implements Compressor {

    /**
     * What the default level takes for a stream of unknown size. For known sizes up to 16 KiB and from 128 to 256 KiB it would
     * take 4, which on JSON came out 2.4 and 8 % larger and no faster.
     */
    private static final int DEFAULT_LEVEL_MIN_MATCH = 5;

    /**
     * Beyond this many bytes the default level gets smaller hash tables: its own are 768 KiB, more than a core's second-level cache
     * holds, so that look-ups wait. With a quarter of that, batches of JSON of 256 KiB to 1 MiB took 10 to 30 % less time and came out
     * 0.5 to 2.3 % larger, lines of text up to 2.7 %; all still smaller than as batches of 128 KiB.
     */
    private static final int LARGE_BYTES = 128 * 1024;

    private static final int LARGE_HASH_LOG = 15;

    /** In zstd's settings: as the level has it. */
    private static final int OF_THE_LEVEL = 0;

    private final boolean isDefaultLevel;
    private final ZstdCompressCtx context;
    private final DirectScratch gathered = new DirectScratch();
    private final DirectScratch scratch = new DirectScratch();

    private int hashLog = OF_THE_LEVEL;

    ZstdCompressor(int level) {
        context = new ZstdCompressCtx().setLevel(level);
        isDefaultLevel = level == CompressionType.ZSTD.defaultLevel();
        if (isDefaultLevel) {
            context.setMinMatch(DEFAULT_LEVEL_MIN_MATCH);
        }
    }

    @Override
    public CompressionType type() {
        return CompressionType.ZSTD;
    }

    @Override
    public ByteBuffer compress(ByteBuffer[] source, int from, int count) {
        ByteBuffer in = Sources.contiguous(source, from, count, gathered);
        fitTables(in.remaining());
        ByteBuffer out = scratch.atLeast(Zstd.compressBound(in.remaining()));
        int size = context.compressDirectByteBuffer(out, 0, out.capacity(), in, in.position(), in.remaining());
        return out.limit(size);
    }

    private void fitTables(int bytes) {
        int fitting = isDefaultLevel && bytes > LARGE_BYTES ? LARGE_HASH_LOG : OF_THE_LEVEL;
        if (fitting != hashLog) {
            hashLog = fitting;
            context.setHashLog(hashLog).setChainLog(hashLog == OF_THE_LEVEL ? OF_THE_LEVEL : hashLog - 1);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
