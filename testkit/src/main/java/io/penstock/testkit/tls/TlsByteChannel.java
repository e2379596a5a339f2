package io.penstock.testkit.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import javax.net.ssl.SSLContext;

/**
 * The server's end of one TLS connection as a channel of plain bytes, on a channel that does not block. One thread's.
 *
 * <p>A read takes from the channel below once, and asks for {@link #ROOM_BYTES} in its target: then nothing that came waits here that could have
 * been handed on, and the selector's word about the channel below is enough. A write ends when all is written.
 */
public final class TlsByteChannel implements ByteChannel {

    private static final int ENCRYPTED_BYTES = 128 * 1024;

    /** What a read's target has to have room for. */
    public static final int ROOM_BYTES = ENCRYPTED_BYTES + TlsServerSide.RECORD_ROOM_BYTES;

    private final ByteChannel below;
    private final TlsServerSide tls;
    // On the heap, where the JDK's ciphers need no copy.
    private final ByteBuffer in = ByteBuffer.allocate(ENCRYPTED_BYTES);

    public TlsByteChannel(ByteChannel below, SSLContext context) {
        this.below = below;
        this.tls = new TlsServerSide(context, false, TlsByteChannel.this::writeBelow);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (target.remaining() < ROOM_BYTES) {
            throw new IllegalArgumentException(
                    "room for " + target.remaining() + " bytes, must be at least " + ROOM_BYTES);
        }
        int before = target.position();
        boolean ended = below.read(in) < 0;
        in.flip();
        boolean open = tls.receive(in, target);
        in.compact();
        int count = target.position() - before;
        return count == 0 && (ended || !open) ? -1 : count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count = source.remaining();
        tls.send(source);
        return count;
    }

    @Override
    public boolean isOpen() {
        return below.isOpen();
    }

    @Override
    public void close() throws IOException {
        below.close();
    }

    private void writeBelow(ByteBuffer encrypted) throws IOException {
        while (encrypted.hasRemaining()) {
            below.write(encrypted);
        }
    }
}
