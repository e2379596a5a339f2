package io.penstock.wire.compress;

import java.nio.ByteBuffer;

/**
 * Decompresses the records of one batch after another.
 *
 * <p>Owned by one thread at a time. Takes bytes from strangers: whatever they are, the outcome is the decompressed bytes
 * or a {@link io.penstock.wire.WireFormatException}, and memory grows with what was really decompressed, never beyond the
 * given maximum and a small constant.
 */
public interface Decompressor extends AutoCloseable {

    CompressionType type();

    /**
     * Decompresses {@code source} from its position to its limit.
     *
     * @param maxSizeBytes the most that the result may hold
     * @return the bytes, from position to limit; valid until the next call on this decompressor. The source's position
     *     is as before.
     * @throws io.penstock.wire.WireFormatException when the bytes are malformed or the result would be larger
     */
    ByteBuffer decompress(ByteBuffer source, int maxSizeBytes);

    @Override
    void close();
}
