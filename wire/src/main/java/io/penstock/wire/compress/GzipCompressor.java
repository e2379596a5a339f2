package io.penstock.wire.compress;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * gzip: ten bytes of header, a deflate stream, CRC-32 and size of what went in, both little-endian.
 *
 * <p>One owner at a time. The deflater lives as long as this does; pages go to it as they lie.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class GzipCompressor implements Compressor {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int HEADER_BYTES = 10;
    private static final int TRAILER_BYTES = 8;

    private final Deflater deflater;
    private final CRC32 crc = new CRC32();
    private final DirectScratch scratch = new DirectScratch();

    GzipCompressor(int level) {
        deflater = new Deflater(level, true);
    }

    @Override
    public CompressionType type() {
        return CompressionType.GZIP;
    }

    @Override
    public ByteBuffer compress(ByteBuffer[] source, int from, int count) {
        long total = Sources.totalBytes(source, from, count);
        ByteBuffer out = scratch.atLeast(boundBytes(total));
        out.order(ByteOrder.LITTLE_ENDIAN);
        // Magic 1f 8b, method 8 (deflate); no flags, no time, no extra flags, operating system 0 as the JDK says.
        out.putShort((short) 0x8b1f).putShort((short) 8).putInt(0).putShort((short) 0);
        crc.reset();
        deflater.reset();
        for (int i = from; i < from + count; i++) {
            crc.update(source[i].duplicate());
            deflater.setInput(source[i].duplicate());
            while (!deflater.needsInput()) {
                deflate(out);
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            deflate(out);
        }
        deflater.setInput(NOTHING); // it would hold on to the last page
        out.putInt((int) crc.getValue()).putInt((int) total);
        return out.flip().order(ByteOrder.BIG_ENDIAN);
    }

    private void deflate(ByteBuffer out) {
        if (deflater.deflate(out) == 0 && !out.hasRemaining()) {
            throw new IllegalStateException("Deflate output is larger than its bound of " + out.capacity());
        }
    }

    /** Generous, as the zlib beneath the JDK may be one of several: fixed Huffman codes cost nine bits a byte. */
    private static long boundBytes(long size) {
        return HEADER_BYTES + size + (size >> 3) + 1024 + TRAILER_BYTES;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
