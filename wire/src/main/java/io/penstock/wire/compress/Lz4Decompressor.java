package io.penstock.wire.compress;

import io.penstock.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;

/**
 * Reads one LZ4 frame with any block size, content size and checksums; its blocks must be independent, as all Kafka clients
 * write them.
 *
 * <p>One owner at a time.
 */
final class Lz4Decompressor implements Decompressor {

    /** A byte of an LZ4 block stands for at most this many. */
    private static final long MAX_RATIO = 255;

    private final LZ4SafeDecompressor lz4 = LZ4Factory.fastestInstance().safeDecompressor();
    private final XXHash32 hash = XXHashFactory.fastestInstance().hash32();
    private final ArraySource input = new ArraySource();
    private final BoundedOutput output = new BoundedOutput();

    @Override
    public CompressionType type() {
        return CompressionType.LZ4;
    }

    @Override
    public ByteBuffer decompress(ByteBuffer source, int maxSizeBytes) {
        input.start(source);
        output.start(maxSizeBytes);
        ByteBuffer in =
                ByteBuffer.wrap(input.array(), input.offset(), input.length()).order(ByteOrder.LITTLE_ENDIAN);
        require(in, 7, "header");
        int magic = in.getInt();
        if (magic != Lz4Frame.MAGIC) {
            throw new WireFormatException("LZ4 frame starts with 0x" + Integer.toHexString(magic));
        }
        int descriptorAt = in.position();
        int flags = in.get();
        int bd = in.get();
        checkFlags(flags, bd);
        long contentSize = contentSize(in, flags);
        checkHeaderHash(in, descriptorAt);
        blocks(in, flags, Lz4Frame.blockMaxBytes(bd));
        checkContent(in, flags, contentSize);
        return output.result();
    }

    private static void checkFlags(int flags, int bd) {
        if ((flags & Lz4Frame.FLG_VERSION_MASK) != Lz4Frame.FLG_VERSION) {
            throw new WireFormatException("LZ4 frame has version " + (flags >> 6 & 3) + ", 1 is supported");
        }
        if ((flags & Lz4Frame.FLG_RESERVED) != 0 || (bd & Lz4Frame.BD_RESERVED_MASK) != 0) {
            throw new WireFormatException("LZ4 frame has reserved bits set");
        }
        if ((flags & Lz4Frame.FLG_DICTIONARY) != 0) {
            throw new WireFormatException("LZ4 frame needs a dictionary, which Kafka does not know");
        }
        if ((flags & Lz4Frame.FLG_INDEPENDENT) == 0) {
            throw new WireFormatException("LZ4 frame has linked blocks, only independent ones are supported");
        }
        if (Lz4Frame.blockMaxBytes(bd) < 0) {
            throw new WireFormatException("LZ4 frame has unknown block size " + (bd >> 4));
        }
    }

    private static long contentSize(ByteBuffer in, int flags) {
        if ((flags & Lz4Frame.FLG_CONTENT_SIZE) == 0) {
            return -1;
        }
        require(in, Long.BYTES, "content size");
        long size = in.getLong();
        if (size < 0) {
            throw new WireFormatException("LZ4 frame claims a content size beyond 2^63");
        }
        return size;
    }

    private void checkHeaderHash(ByteBuffer in, int descriptorAt) {
        require(in, 1, "header checksum");
        int computed = hash.hash(in.array(), descriptorAt, in.position() - descriptorAt, 0);
        if (in.get() != (byte) (computed >> 8)) {
            throw new WireFormatException("LZ4 frame header does not match its checksum");
        }
    }

    private void blocks(ByteBuffer in, int flags, int blockMax) {
        while (true) {
            require(in, Integer.BYTES, "block size");
            int mark = in.getInt();
            if (mark == Lz4Frame.END_MARK) {
                return;
            }
            int length = mark & ~Lz4Frame.STORED_BIT;
            if (length > blockMax || length == 0) {
                throw new WireFormatException("LZ4 block of " + length + " bytes in a frame of " + blockMax);
            }
            require(in, length, "block");
            if (mark < 0) {
                output.reserve(length);
                in.get(in.position(), output.array(), output.size(), length);
                output.advance(length);
            } else {
                decompressBlock(in, length, blockMax);
            }
            int blockAt = in.position();
            in.position(blockAt + length);
            if ((flags & Lz4Frame.FLG_BLOCK_CHECKSUM) != 0) {
                checkHash(in, in.array(), blockAt, length, "block");
            }
        }
    }

    private void decompressBlock(ByteBuffer in, int length, int blockMax) {
        int most = (int) Math.min(blockMax, MAX_RATIO * length);
        int room = Math.min(most, output.maxSizeBytes() - output.size());
        output.reserve(room);
        try {
            output.advance(lz4.decompress(in.array(), in.position(), length, output.array(), output.size(), room));
        } catch (LZ4Exception e) {
            throw new WireFormatException(
                    room < most
                            ? "LZ4 block is malformed or passes the maximum of " + output.maxSizeBytes() + " bytes"
                            : "Malformed LZ4 block: " + e.getMessage(),
                    e);
        }
    }

    private void checkContent(ByteBuffer in, int flags, long contentSize) {
        if ((flags & Lz4Frame.FLG_CONTENT_CHECKSUM) != 0) {
            checkHash(in, output.array(), 0, output.size(), "content");
        }
        if (contentSize >= 0 && contentSize != output.size()) {
            throw new WireFormatException("LZ4 frame holds " + output.size() + " bytes and claims " + contentSize);
        }
        if (in.hasRemaining()) {
            throw new WireFormatException("LZ4 frame is followed by " + in.remaining() + " bytes");
        }
    }

    private void checkHash(ByteBuffer in, byte[] array, int offset, int length, String what) {
        require(in, Integer.BYTES, what + " checksum");
        if (in.getInt() != hash.hash(array, offset, length, 0)) {
            throw new WireFormatException("LZ4 " + what + " does not match its checksum");
        }
    }

    private static void require(ByteBuffer in, int bytes, String what) {
        if (in.remaining() < bytes) {
            throw new WireFormatException("LZ4 frame ends within its " + what);
        }
    }

    @Override
    public void close() {}
}
