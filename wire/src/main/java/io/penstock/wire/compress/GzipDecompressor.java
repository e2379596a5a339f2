package io.penstock.wire.compress;

import io.penstock.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads gzip members, one or several, with any of the optional header fields.
 *
 * <p>One owner at a time. The inflater lives as long as this does.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class GzipDecompressor implements Decompressor {

    private static final int HEADER_CHECKSUM = 0x02;
    private static final int EXTRA = 0x04;
    private static final int NAME = 0x08;
    private static final int COMMENT = 0x10;
    private static final int RESERVED = 0xe0;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final ArraySource input = new ArraySource();
    private final BoundedOutput output = new BoundedOutput();

    @Override
    public CompressionType type() {
        return CompressionType.GZIP;
    }

    @Override
    public ByteBuffer decompress(ByteBuffer source, int maxSizeBytes) {
        input.start(source);
        output.start(maxSizeBytes);
        ByteBuffer in =
                ByteBuffer.wrap(input.array(), input.offset(), input.length()).order(ByteOrder.LITTLE_ENDIAN);
        do {
            header(in);
            member(in);
        } while (in.hasRemaining());
        return output.result();
    }

    private void header(ByteBuffer in) {
        int start = in.position();
        require(in, 10);
        if (in.getShort() != (short) 0x8b1f || in.get() != 8) {
            throw new WireFormatException("Not a gzip header");
        }
        int flags = in.get();
        if ((flags & RESERVED) != 0) {
            throw new WireFormatException("gzip header has reserved flags set");
        }
        in.position(in.position() + 6); // time, extra flags, operating system
        if ((flags & EXTRA) != 0) {
            require(in, Short.BYTES);
            int length = Short.toUnsignedInt(in.getShort());
            require(in, length);
            in.position(in.position() + length);
        }
        if ((flags & NAME) != 0) {
            skipText(in);
        }
        if ((flags & COMMENT) != 0) {
            skipText(in);
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            crc.reset();
            crc.update(in.array(), start, in.position() - start);
            require(in, Short.BYTES);
            if (in.getShort() != (short) crc.getValue()) {
                throw new WireFormatException("gzip header does not match its checksum");
            }
        }
    }

    private static void skipText(ByteBuffer in) {
        do {
            require(in, 1);
        } while (in.get() != 0);
    }

    private void member(ByteBuffer in) {
        int firstByte = output.size();
        inflater.reset();
        inflater.setInput(in);
        try {
            while (!inflater.finished()) {
                int size = inflateSome();
                if (size == 0 && !inflater.finished() && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new WireFormatException("gzip stream ends before its last block");
                }
                output.advance(size);
            }
        } catch (DataFormatException e) {
            throw new WireFormatException("Malformed gzip stream: " + e.getMessage(), e);
        }
        require(in, 2 * Integer.BYTES);
        int size = output.size() - firstByte;
        crc.reset();
        crc.update(output.array(), firstByte, size);
        if (in.getInt() != (int) crc.getValue() || in.getInt() != size) {
            throw new WireFormatException("gzip stream does not match its checksum or size");
        }
    }

    private int inflateSome() throws DataFormatException {
        int room = output.room();
        if (room > 0) {
            return inflater.inflate(output.array(), output.size(), room);
        }
        // Full to the maximum: the stream may still have to say that it ends here.
        if (inflater.inflate(new byte[1]) > 0) {
            output.reserve(1);
        }
        return 0;
    }

    private static void require(ByteBuffer in, int bytes) {
        if (in.remaining() < bytes) {
            throw new WireFormatException("gzip member is cut short");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
