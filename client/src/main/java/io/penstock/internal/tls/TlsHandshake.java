package io.penstock.internal.tls;

import io.penstock.internal.network.Link;
import io.penstock.internal.network.LinkFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.Status;

/**
 * The handshake of one link, as far as it goes without waiting for anything. Loop only.
 *
 * <p>It holds nothing of its own: how far a handshake has come is the engine's to know.
 */
final class TlsHandshake {

    /** What has to come for it to go on. */
    enum Next {
        /** More bytes from the peer, or room for ours. */
        BYTES,
        /** A task of the engine's, which may take long. */
        TASK,
        /** Nothing: it is done. */
        NOTHING
    }

    private final TlsInput input;
    private final TlsOutput output;
    private final Link inner;
    private final ByteBuffer noPlainBytes;

    TlsHandshake(TlsInput input, TlsOutput output, Link inner, ByteBuffer noPlainBytes) {
        this.input = input;
        this.output = output;
        this.inner = inner;
        this.noPlainBytes = noPlainBytes;
    }

    /** Reads, if that is wanted, and answers what has come. */
    Next advance(SSLEngine of, boolean more) throws IOException {
        ByteBuffer in = input.load(inner, more);
        try {
            TlsFailures.checkIsTls(in);
            return advance(of, in);
        } finally {
            input.keep(in);
        }
    }

    private Next advance(SSLEngine of, ByteBuffer in) throws IOException {
        while (true) {
            switch (of.getHandshakeStatus()) {
                case NEED_TASK -> {
                    return Next.TASK;
                }
                case NEED_WRAP -> {
                    Status status = output.wrapOwn(of, inner).getStatus();
                    if (status == Status.BUFFER_OVERFLOW) {
                        return Next.BYTES; // goes on when the peer takes bytes
                    }
                    if (status == Status.CLOSED) {
                        throw LinkFailure.passing(TlsFailures.ENDED, null);
                    }
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    Status status = of.unwrap(in, noPlainBytes).getStatus();
                    if (status == Status.BUFFER_UNDERFLOW && !input.hasEnded()) {
                        return Next.BYTES;
                    }
                    if (status != Status.OK) {
                        throw TlsFailures.endInHandshake(status, input.hasStarted());
                    }
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    return Next.NOTHING;
                }
            }
        }
    }
}
