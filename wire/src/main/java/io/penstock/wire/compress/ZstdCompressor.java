package io.penstock.wire.compress;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One zstd frame a batch, compressed in one shot.
 *
 * <p>One owner at a time. The context is native memory of its own that is kept until {@link #close()}. Knowing the whole
 * size beforehand, zstd picks tables that fit it, which a stream cannot. A level that is set is zstd's own; the default one is
 * looked for in several ways, see {@link ZstdSearch}.
 */
final class ZstdCompressor implements Compressor {

    /** From here on the default level's own tables are too large, and batches are tried on their first bytes. */
    private static final int LARGE_BYTES = 128 * 1024;

    private static final int TRIAL_BYTES = 2 * LARGE_BYTES;

    private final boolean isDefaultLevel;
    private final ZstdCompressCtx context;
    private final DirectScratch gathered = new DirectScratch();
    private final DirectScratch scratch = new DirectScratch();

    private final ZstdChoice small = new ZstdChoice(ZstdSearch.LEVEL);
    private final ZstdChoice large = new ZstdChoice(ZstdSearch.SMALL_TABLES);
    private @Nullable ZstdSearch applied;

    ZstdCompressor(int level) {
        context = new ZstdCompressCtx().setLevel(level);
        isDefaultLevel = level == CompressionType.ZSTD.defaultLevel();
    }

    @Override
    public CompressionType type() {
        return CompressionType.ZSTD;
    }

    @Override
    public ByteBuffer compress(ByteBuffer[] source, int from, int count) {
        ByteBuffer in = Sources.contiguous(source, from, count, gathered);
        ByteBuffer out = scratch.atLeast(Zstd.compressBound(in.remaining()));
        if (isDefaultLevel) {
            ZstdChoice choice = in.remaining() > LARGE_BYTES ? large : small;
            apply(choice.next(search -> trial(search, in, out)));
        }
        return out.limit(compress(in, in.remaining(), out));
    }

    private int trial(ZstdSearch search, ByteBuffer in, ByteBuffer out) {
        apply(search);
        return compress(in, Math.min(in.remaining(), TRIAL_BYTES), out);
    }

    private void apply(ZstdSearch search) {
        if (search != applied) {
            applied = search;
            search.applyTo(context);
        }
    }

    private int compress(ByteBuffer in, int bytes, ByteBuffer out) {
        return context.compressDirectByteBuffer(out, 0, out.capacity(), in, in.position(), bytes);
    }

    @Override
    public void close() {
        context.close();
    }
}
