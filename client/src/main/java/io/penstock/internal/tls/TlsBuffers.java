package io.penstock.internal.tls;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Room for encrypted bytes, shared by the links of one loop because only one of them reads or writes at a time. Loop only.
 *
 * <p>What a link holds of its own is bounded: at most one {@link #OUT_BYTES} buffer, while the peer does not take what was encrypted,
 * and at most one {@link #IN_BYTES} array, while part of a record has come or whole ones wait to be handed on. An idle link
 * holds neither.
 */
final class TlsBuffers {

    /** The largest TLS record on the wire is 16 KiB and a little; engines ask for room for one, some JDKs for two. */
    static final int IN_BYTES = 64 << 10;

    /** Seven full records a system call. */
    static final int OUT_BYTES = 128 << 10;

    private static final int SPARE_COUNT = 4;

    /** Where reads from the socket land. On the heap, where the JDK's ciphers work best. */
    final ByteBuffer in = ByteBuffer.allocate(IN_BYTES);

    /** Where the plain bytes of a handshake would go; there are none. */
    final ByteBuffer nothing = ByteBuffer.allocate(0);

    private final ArrayDeque<ByteBuffer> spare = new ArrayDeque<>(SPARE_COUNT);

    /**
     * An empty buffer of {@link #OUT_BYTES}, to be given back. On the heap: off it, the JDK's ciphers copy in small pieces what they
     * encrypt, which costs more than the one copy that the socket then makes.
     */
    ByteBuffer takeOut() {
        ByteBuffer out = spare.pollLast();
        return out == null ? ByteBuffer.allocate(OUT_BYTES) : out.clear();
    }

    void giveBack(ByteBuffer out) {
        if (spare.size() < SPARE_COUNT) {
            spare.addLast(out);
        }
    }
}
