package io.penstock.wire;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * An immutable run of buffers taken as one string of bytes.
 *
 * <p>The type of every {@code records} field, so that the pages of a batch are spliced into a request as they lie and
 * are never copied. The buffers' bounds are fixed when the run is made; whoever made it keeps their content unchanged
 * for as long as the run is in use. Any thread may read it.
 */
public final class Segments {

    private static final Segments EMPTY = new Segments(new ByteBuffer[0]);

    private final ByteBuffer[] buffers;
    private final int sizeBytes;

    private Segments(ByteBuffer[] buffers) {
        long sum = 0;
        for (int i = 0; i < buffers.length; i++) {
            buffers[i] = buffers[i].slice();
            sum += buffers[i].remaining();
        }
        if (sum > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "segments hold " + sum + " bytes, more than the " + Integer.MAX_VALUE + " that a field can carry");
        }
        this.buffers = buffers;
        this.sizeBytes = (int) sum;
    }

    /** The bytes from position to limit of each buffer, in this order; the buffers' own positions stay as they are. */
    public static Segments of(ByteBuffer... buffers) {
        return buffers.length == 0 ? EMPTY : new Segments(buffers.clone());
    }

    /** As {@link #of(ByteBuffer...)}. */
    public static Segments of(List<ByteBuffer> buffers) {
        return of(buffers.toArray(new ByteBuffer[0]));
    }

    /** Bytes in all buffers together. */
    public int sizeBytes() {
        return sizeBytes;
    }

    /** How many buffers there are. */
    public int count() {
        return buffers.length;
    }

    /** A new view of the buffer at {@code index}, its bytes from position to limit. */
    public ByteBuffer get(int index) {
        return buffers[index].duplicate();
    }

    /** All bytes in one buffer: a view when there is a single segment, a copy otherwise. */
    public ByteBuffer toContiguous() {
        if (buffers.length == 1) {
            return get(0);
        }
        ByteBuffer all = ByteBuffer.allocate(sizeBytes);
        for (ByteBuffer buffer : buffers) {
            all.put(buffer.duplicate());
        }
        return all.flip();
    }
}
