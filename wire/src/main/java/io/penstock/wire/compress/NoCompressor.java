package io.penstock.wire.compress;

import java.nio.ByteBuffer;

/** Gives the bytes back as they are, gathered when they lie in several pages. */
final class NoCompressor implements Compressor {

    private final DirectScratch scratch = new DirectScratch();

    @Override
    public CompressionType type() {
        return CompressionType.NONE;
    }

    @Override
    public ByteBuffer compress(ByteBuffer[] source, int from, int count) {
        return Sources.contiguous(source, from, count, scratch);
    }

    @Override
    public void close() {}
}
