package io.penstock.internal.network;

import io.penstock.wire.WireReader;

/**
 * Hears what became of one request: exactly one of the three calls that end it, on the loop. Must not block.
 *
 * <p>A request that expects a response ends with {@link #onResponse} or {@link #onLost}, one that does not with
 * {@link #onWritten} or {@link #onLost}.
 */
public interface ResponseHandler {

    /**
     * The response came.
     *
     * <p>The body is what follows the response header. It and every view of it are valid only during this call: the
     * bytes lie in a buffer that the next read overwrites.
     *
     * <p>Decode all of it before acting on any of it: when this throws ({@link
     * io.penstock.wire.WireFormatException} on malformed bytes), the connection is closed and {@link #onLost} follows.
     */
    void onResponse(WireReader body, long nowNanos);

    /**
     * The connection is gone and no response will come.
     *
     * @param cause a {@link ConnectionException}, or what was given to {@link Connection#close}
     * @param mayHaveArrived false only when no byte of the request was written
     */
    void onLost(Throwable cause, boolean mayHaveArrived, long nowNanos);

    /** All bytes of a request that expects no response (acks=0) are in the kernel's hands. */
    default void onWritten(long nowNanos) {}
}
