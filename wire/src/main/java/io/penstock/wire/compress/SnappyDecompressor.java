package io.penstock.wire.compress;

import io.penstock.wire.WireFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xerial.snappy.Snappy;

/**
 * Reads snappy blocks in snappy-java's framing, and a single raw block without framing, as some clients send it.
 *
 * <p>One owner at a time. The size that a block claims is checked against what snappy can make of its bytes before
 * anything is set aside for it; the library itself would trust it.
 */
final class SnappyDecompressor implements Decompressor {

    /** Above what snappy can reach: its densest element makes 64 bytes of 3. */
    private static final long MAX_RATIO = 32;

    private final ArraySource input = new ArraySource();
    private final BoundedOutput output = new BoundedOutput();

    SnappyDecompressor() {
        Snappy.maxCompressedLength(0); // loads the native library here and not in the middle of a batch
    }

    @Override
    public CompressionType type() {
        return CompressionType.SNAPPY;
    }

    @Override
    public ByteBuffer decompress(ByteBuffer source, int maxSizeBytes) {
        input.start(source);
        output.start(maxSizeBytes);
        ByteBuffer in = ByteBuffer.wrap(input.array(), input.offset(), input.length());
        if (in.remaining() < SnappyCompressor.HEADER_BYTES || in.getLong(in.position()) != SnappyCompressor.MAGIC) {
            block(in, in.remaining());
            return output.result();
        }
        int lowestVersion = in.getInt(in.position() + 12);
        if (lowestVersion > SnappyCompressor.VERSION) {
            throw new WireFormatException("Snappy framing needs version " + lowestVersion + ", 1 is supported");
        }
        in.position(in.position() + SnappyCompressor.HEADER_BYTES);
        while (in.hasRemaining()) {
            framedBlock(in);
        }
        return output.result();
    }

    private void framedBlock(ByteBuffer in) {
        if (in.remaining() < Integer.BYTES) {
            throw new WireFormatException("Snappy framing ends within a block length");
        }
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new WireFormatException(
                    "Snappy block of " + length + " bytes does not fit in the " + in.remaining() + " that are left");
        }
        block(in, length);
    }

    private void block(ByteBuffer in, int length) {
        int at = in.position();
        try {
            int claimed = Snappy.uncompressedLength(in.array(), at, length);
            if (claimed < 0 || claimed > MAX_RATIO * length) {
                throw new WireFormatException(
                        "Snappy block of " + length + " bytes cannot hold the " + claimed + " bytes it claims");
            }
            if (claimed == 0 && length == 1) {
                in.position(at + length);
                return; // an empty block; the library refuses an empty target
            }
            output.reserve(Math.max(claimed, 1));
            output.advance(Snappy.uncompress(in.array(), at, length, output.array(), output.size()));
        } catch (IOException e) {
            throw new WireFormatException("Malformed snappy block: " + e.getMessage(), e);
        }
        in.position(at + length);
    }

    @Override
    public void close() {}
}
