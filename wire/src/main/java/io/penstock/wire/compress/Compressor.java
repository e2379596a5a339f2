package io.penstock.wire.compress;

import java.nio.ByteBuffer;

/**
 * Compresses the records of one batch after another, each in one shot.
 *
 * <p>Owned by one thread at a time. Contexts and buffers are kept and reused between calls; {@link #close()} frees what
 * is native.
 */
public interface Compressor extends AutoCloseable {

    CompressionType type();

    /**
     * Compresses the bytes of {@code source[from]} to {@code source[from + count - 1]}, each from its position to its
     * limit, as one byte string.
     *
     * @return the compressed bytes, from position to limit; valid until the next call on this compressor. The sources'
     *     positions and limits are as before.
     */
    ByteBuffer compress(ByteBuffer[] source, int from, int count);

    @Override
    void close();
}
