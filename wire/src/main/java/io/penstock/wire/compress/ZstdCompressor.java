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

    private final ZstdCompressCtx context;
    private final DirectScratch gathered = new DirectScratch();
    private final DirectScratch scratch = new DirectScratch();

    ZstdCompressor(int level) {
        context = new ZstdCompressCtx().setLevel(level);
    }

    @Override
    public CompressionType type() {
        return CompressionType.ZSTD;
    }

    @Override
    public ByteBuffer compress(ByteBuffer[] source, int from, int count) {
        ByteBuffer in = Sources.contiguous(source, from, count, gathered);
        ByteBuffer out = scratch.atLeast(Zstd.compressBound(in.remaining()));
        int size = context.compressDirectByteBuffer(out, 0, out.capacity(), in, in.position(), in.remaining());
        return out.limit(size);
    }

    @Override
    public void close() {
        context.close();
    }
}
