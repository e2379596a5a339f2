package io.penstock.wire.compress;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.penstock.wire.WireFormatException;
import java.nio.ByteBuffer;

/**
 * Reads zstd frames, with or without their size in the header, one or several.
 *
 * <p>One owner at a time. Decompresses in one shot into an array that is tried in growing sizes: a streaming decoder would
 * set aside a window as large as the frame's header claims, up to 128 MiB for any few bytes.
 */
final class ZstdDecompressor implements Decompressor {

    private static final int FIRST_TRY_FACTOR = 8;

    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final ArraySource input = new ArraySource();
    private final BoundedOutput output = new BoundedOutput();

    @Override
    public CompressionType type() {
        return CompressionType.ZSTD;
    }

    @Override
    public ByteBuffer decompress(ByteBuffer source, int maxSizeBytes) {
        input.start(source);
        output.start(maxSizeBytes);
        long guess = Math.min(maxSizeBytes, (long) FIRST_TRY_FACTOR * input.length());
        output.reserve(guess);
        while (true) {
            int room = Math.min(output.array().length, maxSizeBytes);
            try {
                int size = context.decompressByteArray(
                        output.array(), 0, room, input.array(), input.offset(), input.length());
                output.advance(size);
                return output.result();
            } catch (ZstdException e) {
                if (e.getErrorCode() != Zstd.errDstSizeTooSmall()) {
                    throw new WireFormatException("Malformed zstd frame: " + e.getMessage(), e);
                }
                output.reserve(room + 1L);
            }
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
