package io.penstock.internal.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one connection that are not wholly written, oldest first.
 *
 * <p>Loop only. As many buffers of as many requests as a system call takes go out together, as they lie. Bounded by its
 * user, which bounds the requests in flight. Nothing holds on to a buffer once it is written: a request drops its frame
 * with its last byte, and the array for gathering is cleared after every call.
 */
final class FrameWriter {

    /** The most buffers in one call; Linux takes 1024, and few batches have more pages than this. */
    static final int GATHER_COUNT = 256;

    /** The most bytes in one call: buffers on the heap are copied for it, however little of them the kernel then takes. */
    static final int GATHER_BYTES = 1 << 20;

    private final ByteBuffer[] gather;
    private final ArrayDeque<OutboundRequest> queue = new ArrayDeque<>();
    private final ArrayDeque<OutboundRequest> finished = new ArrayDeque<>();

    private int gatherCount;

    /** The limit of the last buffer in the array, which may have been cut. */
    private int trimmed;

    private long gatherBytes;
    private long writtenBytes;

    /** The array, of {@link #GATHER_COUNT}, is used during {@link #writeTo} only and may be shared within the loop. */
    FrameWriter(ByteBuffer[] gather) {
        this.gather = gather;
    }

    void add(OutboundRequest request) {
        queue.add(request);
    }

    /** Of all calls so far. */
    long writtenBytes() {
        return writtenBytes;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    @Nullable
    OutboundRequest oldest() {
        return queue.peekFirst();
    }

    /** Writes what the link takes; true when everything is written. */
    boolean writeTo(Link link) throws IOException {
        while (!queue.isEmpty()) {
            long written;
            gather();
            ByteBuffer last = gather[gatherCount - 1];
            try {
                written = link.write(gather, 0, gatherCount);
            } catch (IOException | RuntimeException e) {
                startGathered();
                throw e;
            } finally {
                last.limit(trimmed);
                Arrays.fill(gather, 0, gatherCount, null);
            }
            writtenBytes += written;
            advance(written);
            if (written < gatherBytes) {
                return false;
            }
        }
        return true;
    }

    /** The next request that is wholly written and expects no response, once. */
    @Nullable
    OutboundRequest pollFinished() {
        return finished.pollFirst();
    }

    /** Takes out everything, frames dropped, for a connection that is closed: the next one, or null at the end. */
    @Nullable
    OutboundRequest pollUnwritten() {
        OutboundRequest request = queue.pollFirst();
        if (request != null) {
            request.dropFrame();
        }
        return request;
    }

    /** Fills the array; the last buffer may be cut to keep within the bound. */
    private void gather() {
        gatherCount = 0;
        gatherBytes = 0;
        trimmed = 0;
        if (queue.size() == 1) {
            gather(queue.element()); // nearly always, and without an iterator
            return;
        }
        for (OutboundRequest request : queue) {
            if (!gather(request)) {
                break;
            }
        }
    }

    /** False when the array takes no more. */
    private boolean gather(OutboundRequest request) {
        ByteBuffer[] frame = request.frame();
        for (int i = request.firstUnwritten(); i < frame.length; i++) {
            ByteBuffer buffer = frame[i];
            if (!buffer.hasRemaining()) {
                continue;
            }
            trimmed = buffer.limit();
            if (buffer.remaining() > GATHER_BYTES - gatherBytes) {
                buffer.limit(buffer.position() + (int) (GATHER_BYTES - gatherBytes));
            }
            gather[gatherCount++] = buffer;
            gatherBytes += buffer.remaining();
            if (gatherCount == GATHER_COUNT || gatherBytes == GATHER_BYTES) {
                return false;
            }
        }
        return true;
    }

    private void advance(long writtenBytes) {
        long left = writtenBytes;
        while (left > 0) {
            OutboundRequest request = queue.element();
            left = request.advance(left);
            if (request.isWritten()) {
                queue.remove();
                if (!request.expectsResponse()) {
                    finished.add(request);
                }
            }
        }
    }

    /** After an error, nobody knows how much of the last call went out. */
    private void startGathered() {
        long left = gatherBytes;
        for (OutboundRequest request : queue) {
            if (left <= 0) {
                break;
            }
            request.start();
            left -= request.remainingBytes();
        }
    }
}
