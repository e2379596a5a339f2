package io.penstock.internal.tls;

import io.penstock.internal.network.Link;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The encrypted bytes that come. Loop only.
 *
 * <p>They are read into a buffer of the loop's; what cannot be decrypted yet (part of a record, or whole ones for which the
 * caller had no room) is kept until the next time.
 */
final class TlsInput {

    private static final byte[] NONE = {};

    private final TlsBuffers buffers;
    private byte[] kept = NONE;
    private boolean started;
    private boolean ended;

    TlsInput(TlsBuffers buffers) {
        this.buffers = buffers;
    }

    /** Whether bytes wait here that were read and not decrypted. */
    boolean isEmpty() {
        return kept.length == 0;
    }

    /** Whether anything came from the peer at all. */
    boolean hasStarted() {
        return started;
    }

    /** Whether the peer's side of the link has ended. */
    boolean hasEnded() {
        return ended;
    }

    /** Lays what is kept, and what can be read if {@code more} is wanted, into the loop's buffer; {@link #keep} ends its use. */
    ByteBuffer load(Link from, boolean more) throws IOException {
        ByteBuffer in = buffers.in.clear();
        in.put(kept);
        kept = NONE;
        try {
            if (more && in.hasRemaining() && !ended) {
                int before = in.position();
                ended = from.read(in) < 0;
                started |= in.position() > before;
            }
        } finally {
            in.flip();
        }
        return in;
    }

    void keep(ByteBuffer in) {
        if (in.hasRemaining()) {
            kept = new byte[in.remaining()];
            in.get(kept);
        } else {
            kept = NONE;
        }
    }

    void release() {
        kept = NONE;
    }
}
