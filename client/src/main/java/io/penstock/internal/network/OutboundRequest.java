package io.penstock.internal.network;

import io.penstock.wire.message.ApiKey;
import java.nio.ByteBuffer;

/**
 * One encoded request on its way: the whole frame, with its size prefix and header, and who hears what became of it.
 *
 * <p>Made by the exchange, then owned by the connection it is sent on; loop only. The frame's buffers are written as
 * they lie and their positions move, so they are views of its own. They are let go when the last byte is written or the
 * connection is closed, always before the handler hears of either.
 */
public final class OutboundRequest {

    private static final ByteBuffer[] WRITTEN = {};

    private final ApiKey key;
    private final short version;
    private final int correlationId;
    private final long timeoutNanos;
    private final boolean expectsResponse;
    private final ResponseHandler handler;
    private final long sizeBytes;

    private ByteBuffer[] frame;
    private int nextBuffer;
    private long remainingBytes;
    private boolean started;
    private long sentAtNanos;

    /**
     * @param timeoutNanos how long the response (or, when none is expected, the writing) may take
     */
    public OutboundRequest(
            ApiKey key,
            short version,
            int correlationId,
            ByteBuffer[] frame,
            long timeoutNanos,
            boolean expectsResponse,
            ResponseHandler handler) {
        this.key = key;
        this.version = version;
        this.correlationId = correlationId;
        this.frame = frame;
        this.timeoutNanos = timeoutNanos;
        this.expectsResponse = expectsResponse;
        this.handler = handler;
        long size = 0;
        for (ByteBuffer buffer : frame) {
            size += buffer.remaining();
        }
        if (size == 0) {
            throw new IllegalArgumentException("An empty frame for " + key + " version " + version + ".");
        }
        this.sizeBytes = size;
        this.remainingBytes = size;
    }

    public ApiKey key() {
        return key;
    }

    public short version() {
        return version;
    }

    public int correlationId() {
        return correlationId;
    }

    public boolean expectsResponse() {
        return expectsResponse;
    }

    /** The size of the whole frame, with its size prefix. */
    public long sizeBytes() {
        return sizeBytes;
    }

    ResponseHandler handler() {
        return handler;
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    long sentAtNanos() {
        return sentAtNanos;
    }

    void sentAt(long nowNanos) {
        sentAtNanos = nowNanos;
    }

    /** Whether a byte of it may be with the peer. */
    boolean isStarted() {
        return started;
    }

    void start() {
        started = true;
    }

    long remainingBytes() {
        return remainingBytes;
    }

    boolean isWritten() {
        return remainingBytes == 0;
    }

    /** The first buffer that is not written yet, or its count of buffers when there is none. */
    int firstUnwritten() {
        while (nextBuffer < frame.length && !frame[nextBuffer].hasRemaining()) {
            nextBuffer++;
        }
        return nextBuffer;
    }

    ByteBuffer[] frame() {
        return frame;
    }

    /** Takes its share of so many bytes written, and returns what is left of them. */
    long advance(long writtenBytes) {
        long share = Math.min(writtenBytes, remainingBytes);
        remainingBytes -= share;
        started = true;
        if (remainingBytes == 0) {
            dropFrame();
        }
        return writtenBytes - share;
    }

    void dropFrame() {
        frame = WRITTEN;
        nextBuffer = 0;
    }
}
