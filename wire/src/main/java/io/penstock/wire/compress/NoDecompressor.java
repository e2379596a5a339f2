package io.penstock.wire.compress;

import io.penstock.wire.WireFormatException;
import java.nio.ByteBuffer;

/** Gives the bytes back as they are. */
final class NoDecompressor implements Decompressor {

    @Override
    public CompressionType type() {
        return CompressionType.NONE;
    }

    @Override
    public ByteBuffer decompress(ByteBuffer source, int maxSizeBytes) {
        if (source.remaining() > maxSizeBytes) {
            throw new WireFormatException(
                    "Records of " + source.remaining() + " bytes are larger than the maximum of " + maxSizeBytes);
        }
        return source.slice();
    }

    @Override
    public void close() {}
}
