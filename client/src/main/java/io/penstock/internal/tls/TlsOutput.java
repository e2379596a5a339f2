package io.penstock.internal.tls;

import io.penstock.internal.network.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * Encrypts and writes. Loop only.
 *
 * <p>Plain bytes are taken only when all that was encrypted before has gone out, so that at most one buffer waits here. Several
 * records go out in one system call, and one record gathers from as many of the caller's buffers as it has room for.
 */
final class TlsOutput {

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final TlsBuffers buffers;
    private final ByteBuffer[] single = new ByteBuffer[1];

    /** Encrypted and not taken by the peer; {@link #NONE} nearly always. */
    private ByteBuffer waiting = NONE;

    TlsOutput(TlsBuffers buffers) {
        this.buffers = buffers;
    }

    boolean isEmpty() {
        return waiting == NONE;
    }

    /** Writes what waits; true when nothing does any more. */
    boolean flush(Link to) throws IOException {
        if (waiting == NONE) {
            return true;
        }
        write(to, waiting);
        if (waiting.hasRemaining()) {
            return false;
        }
        release();
        return true;
    }

    /** Encrypts and writes as much of the sources as the peer takes, and little more; says how many plain bytes it took. */
    long write(SSLEngine engine, Link to, ByteBuffer[] sources, int offset, int length) throws IOException {
        if (!flush(to)) {
            return 0;
        }
        int recordBytes = engine.getSession().getPacketBufferSize();
        int end = offset + length;
        int first = firstWithBytes(sources, offset, end);
        long taken = 0;
        ByteBuffer out = buffers.takeOut();
        waiting = out;
        while (first < end) {
            while (first < end && out.remaining() >= recordBytes) {
                SSLEngineResult result = engine.wrap(sources, first, end - first, out);
                check(result);
                taken += result.bytesConsumed();
                first = firstWithBytes(sources, first, end);
            }
            out.flip();
            write(to, out);
            if (out.hasRemaining()) {
                return taken;
            }
            out.clear();
        }
        release();
        return taken;
    }

    /** Encrypts what the engine has to say of its own (a handshake's message, an alert), and writes as much as goes. */
    SSLEngineResult wrapOwn(SSLEngine engine, Link to) throws IOException {
        ByteBuffer out = waiting == NONE ? buffers.takeOut() : waiting.compact();
        waiting = out;
        SSLEngineResult result;
        try {
            result = engine.wrap(NONE, out);
        } finally {
            out.flip();
        }
        flush(to);
        return result;
    }

    void release() {
        if (waiting != NONE) {
            buffers.giveBack(waiting);
            waiting = NONE;
        }
    }

    private void write(Link to, ByteBuffer out) throws IOException {
        single[0] = out;
        try {
            to.write(single, 0, 1);
        } finally {
            single[0] = NONE;
        }
    }

    private static int firstWithBytes(ByteBuffer[] sources, int from, int end) {
        int first = from;
        while (first < end && !sources[first].hasRemaining()) {
            first++;
        }
        return first;
    }

    private static void check(SSLEngineResult result) throws SSLException {
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new SSLException("the TLS connection is closed for writing");
        }
        if (result.getStatus() != SSLEngineResult.Status.OK || result.bytesConsumed() == 0) {
            throw new SSLException("the TLS engine takes no bytes: " + result);
        }
    }
}
