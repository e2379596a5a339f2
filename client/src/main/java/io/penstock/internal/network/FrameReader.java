package io.penstock.internal.network;

import io.penstock.wire.WireFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of one connection into frames.
 *
 * <pre>
 *   +-----------+----------------------+-----------+-- ...
 *   | size: i32 | size bytes           | size: i32 |
 *   +-----------+----------------------+-----------+-- ...
 * </pre>
 *
 * <p>Loop only. A frame that lies whole in the chunk that was read is handed on from there, uncopied. One that does not
 * is gathered in a buffer that grows as its bytes arrive, at most doubling, so that a size prefix alone never costs
 * memory. A small such buffer is kept for the next one.
 */
final class FrameReader {

    /** The largest frame of a ready connection: what Kafka's brokers take by default in the other direction. */
    static final int MAX_FRAME_BYTES = 100 << 20;

    /** The largest frame of a connection that is being set up. */
    static final int MAX_SETUP_FRAME_BYTES = 1 << 20;

    /** The smallest frame: a response header of version 0. */
    static final int MIN_FRAME_BYTES = Integer.BYTES;

    /** The first piece of a gathering buffer. */
    static final int FIRST_PIECE_BYTES = 512;

    /** A gathering buffer larger than this is not kept. */
    static final int KEPT_BYTES = 16 << 10;

    private static final int PREFIX_BYTES = Integer.BYTES;

    private int limitBytes = MAX_SETUP_FRAME_BYTES;
    private int prefixCount;
    private int sizeBytes;
    private @Nullable ByteBuffer gathered;

    void limitTo(int frameBytes) {
        limitBytes = frameBytes;
    }

    /**
     * Hands on every frame that the chunk completes and keeps a copy of the one it begins.
     *
     * @throws WireFormatException when a size prefix makes no sense
     */
    void feed(ByteBuffer chunk, FrameSink sink) throws IOException {
        boolean more = true;
        while (more && chunk.hasRemaining()) {
            if (prefixCount == PREFIX_BYTES) {
                more = gather(chunk, sink);
            } else if (prefixCount == 0 && chunk.remaining() >= PREFIX_BYTES) {
                more = handOn(chunk, sink);
            } else {
                sizeBytes = (sizeBytes << 8) | (chunk.get() & 0xff);
                if (++prefixCount == PREFIX_BYTES) {
                    checkSize(chunk);
                }
            }
        }
    }

    /** Whether some bytes of a frame have come and others not. */
    boolean isMidFrame() {
        return prefixCount > 0;
    }

    /** How much of the frame under way has come, for a message. */
    String progress() {
        return prefixCount < PREFIX_BYTES
                ? prefixCount + " of the " + PREFIX_BYTES + " bytes of a size"
                : (gathered == null ? 0 : gathered.position()) + " of " + sizeBytes + " bytes";
    }

    /** The room held for the frame under way or the next one. */
    int heldBytes() {
        return gathered == null ? 0 : gathered.capacity();
    }

    /** Lets go of everything, for a connection that is closed. */
    void release() {
        gathered = null;
        prefixCount = 0;
    }

    private boolean handOn(ByteBuffer chunk, FrameSink sink) throws IOException {
        sizeBytes = chunk.getInt();
        checkSize(chunk);
        if (chunk.remaining() < sizeBytes) {
            prefixCount = PREFIX_BYTES;
            return true;
        }
        int chunkEnd = chunk.limit();
        int frameEnd = chunk.position() + sizeBytes;
        chunk.limit(frameEnd);
        boolean more = sink.onFrame(chunk);
        chunk.limit(chunkEnd).position(frameEnd);
        sizeBytes = 0;
        return more;
    }

    private boolean gather(ByteBuffer chunk, FrameSink sink) throws IOException {
        int have = gathered == null ? 0 : gathered.position();
        int take = Math.min(sizeBytes - have, chunk.remaining());
        ByteBuffer frame = withRoom(have + take);
        frame.put(have, chunk, chunk.position(), take).position(have + take);
        chunk.position(chunk.position() + take);
        if (have + take < sizeBytes) {
            return true;
        }
        frame.flip();
        boolean more = sink.onFrame(frame);
        gathered = frame.capacity() > KEPT_BYTES ? null : frame.clear();
        prefixCount = 0;
        sizeBytes = 0;
        return more;
    }

    private ByteBuffer withRoom(int neededBytes) {
        ByteBuffer old = gathered;
        if (old != null && old.capacity() >= neededBytes) {
            return old;
        }
        int doubled = old == null ? FIRST_PIECE_BYTES : old.capacity() * 2;
        ByteBuffer larger = ByteBuffer.allocate(Math.max(neededBytes, Math.min(doubled, sizeBytes)));
        if (old != null) {
            larger.put(old.flip());
        }
        gathered = larger;
        return larger;
    }

    private void checkSize(ByteBuffer rest) {
        if (sizeBytes < MIN_FRAME_BYTES || sizeBytes > limitBytes) {
            throw new WireFormatException(ForeignProtocol.explain(sizeBytes, limitBytes, rest));
        }
    }
}
