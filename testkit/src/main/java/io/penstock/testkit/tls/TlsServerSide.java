package io.penstock.testkit.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * The server's end of one TLS connection: encrypted bytes in, plain bytes out, and the way back.
 *
 * <p>One thread's. It does its handshake's slow parts on that thread too. It holds one buffer, for what it encrypts; bytes that came and
 * are not a whole record yet stay with the caller.
 */
public final class TlsServerSide {

    /** Room that a target must have for {@link #receive} to be sure to get on: a record, and as much again as engines ask for. */
    public static final int RECORD_ROOM_BYTES = 64 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final Peer peer;
    // On the heap, where the JDK's ciphers need no copy.
    private final ByteBuffer encrypted = ByteBuffer.allocate(RECORD_ROOM_BYTES);

    /** Where encrypted bytes go; all of them are taken, or copied, before it returns. */
    public interface Peer {
        void take(ByteBuffer encrypted) throws IOException;
    }

    public TlsServerSide(SSLContext context, boolean asksForCertificate, Peer peer) {
        this.peer = peer;
        engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(asksForCertificate);
    }

    public SSLEngine engine() {
        return engine;
    }

    /** Decrypts what is whole of {@code in}, in the order in which it came; false once the peer has said goodbye. */
    public boolean receive(ByteBuffer in, ByteBuffer plain) throws IOException {
        try {
            return advance(in, plain);
        } catch (SSLException e) {
            tellWhy(e);
            throw e;
        }
    }

    private boolean advance(ByteBuffer in, ByteBuffer plain) throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> {
                    if (wrap(NOTHING).getStatus() == SSLEngineResult.Status.CLOSED) {
                        return false;
                    }
                }
                default -> {
                    SSLEngineResult.Status status = engine.unwrap(in, plain).getStatus();
                    if (status != SSLEngineResult.Status.OK) {
                        return status != SSLEngineResult.Status.CLOSED;
                    }
                }
            }
        }
    }

    public void send(ByteBuffer plain) throws IOException {
        while (plain.hasRemaining()) {
            if (wrap(plain).getStatus() != SSLEngineResult.Status.OK) {
                throw new SSLException("The TLS connection takes nothing more");
            }
        }
    }

    /** Says goodbye in due form. */
    public void end() throws IOException {
        engine.closeOutbound();
        if (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) {
            wrap(NOTHING);
        }
    }

    /** The client is to learn by an alert what it did wrong. */
    private void tellWhy(SSLException reason) {
        try {
            if (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) {
                wrap(NOTHING);
            }
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private SSLEngineResult wrap(ByteBuffer plain) throws IOException {
        SSLEngineResult result = engine.wrap(plain, encrypted.clear());
        peer.take(encrypted.flip());
        return result;
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }
}
