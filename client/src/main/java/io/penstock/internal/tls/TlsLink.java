package io.penstock.internal.tls;

import io.penstock.internal.network.Link;
import io.penstock.internal.network.LinkFailure;
import io.penstock.internal.network.LinkListener;
import io.penstock.internal.network.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TLS connection, on a link of the transport below.
 *
 * <pre>
 *   CONNECTING --> PREPARING --> HANDSHAKING <--> WORKING --> OPEN --> CLOSED
 *   (socket)       (elsewhere)   (loop)          (elsewhere)
 * </pre>
 *
 * Loop only. While something runs elsewhere for it (the making of its engine, or a delegated task of the handshake), the engine is not
 * touched here: engines hold a lock while they work, and the loop would wait for it.
 */
final class TlsLink implements Link, LinkListener {

    private static final Logger LOG = LoggerFactory.getLogger(TlsLink.class);

    private enum Stage {
        CONNECTING,
        PREPARING,
        HANDSHAKING,
        WORKING,
        OPEN,
        CLOSED
    }

    private final TlsTransport transport;
    private final Peer peer;
    private final LinkListener listener;
    private final Link inner;
    private final TlsInput input;
    private final TlsOutput output;
    private final TlsFailures failures;
    private final TlsHandshake handshake;

    private Stage stage = Stage.CONNECTING;
    private @Nullable SSLEngine engine;
    private @Nullable IOException failure;
    private boolean wantsWrite;
    private boolean innerWantsWrite;
    private boolean listedAsUnread;
    private boolean proven;
    private boolean lostWritten;

    TlsLink(TlsTransport transport, Transport below, InetSocketAddress address, LinkListener listener)
            throws IOException {
        this.transport = transport;
        this.peer = Peer.of(address);
        this.listener = listener;
        this.input = new TlsInput(transport.buffers());
        this.output = new TlsOutput(transport.buffers());
        this.failures = new TlsFailures(transport.engines());
        this.inner = below.connect(address, this);
        this.handshake = new TlsHandshake(input, output, inner, transport.buffers().nothing);
    }

    @Override
    public void onConnected() {
        stage = Stage.PREPARING;
        elsewhere(new TlsPreparation(transport.engines(), peer, this::onPrepared));
    }

    @Override
    public void onConnectFailed(IOException cause) {
        stage = Stage.CLOSED;
        listener.onConnectFailed(cause);
    }

    @Override
    public void onReadable() {
        if (stage == Stage.HANDSHAKING) {
            handshake(true);
        } else if (stage == Stage.OPEN) {
            listener.onReadable();
        }
    }

    @Override
    public void onWritable() {
        if (stage != Stage.HANDSHAKING && stage != Stage.OPEN) {
            return;
        }
        boolean flushed;
        try {
            flushed = output.flush(inner);
        } catch (IOException e) {
            onWriteFailed(e);
            return;
        }
        setWriteInterest();
        if (stage == Stage.HANDSHAKING) {
            handshake(false);
        } else if (flushed && wantsWrite) {
            listener.onWritable();
        }
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        SSLEngine to = engine;
        if (stage != Stage.OPEN || to == null) {
            return 0;
        }
        try {
            long taken = output.write(to, inner, sources, offset, length);
            setWriteInterest();
            return taken;
        } catch (IOException e) {
            throw proven ? e : failures.afterHandshake(to, alertBehind(to, e));
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        SSLEngine from = engine;
        if (stage != Stage.OPEN || from == null) {
            return 0;
        }
        int before = target.position();
        int end = failure == null ? decrypt(from, target) : 0;
        int count = target.position() - before;
        proven |= count > 0;
        IOException broken = failure;
        if (count > 0) {
            if (broken != null || end < 0) {
                listAsUnread(); // what comes after these bytes is told the next time
            }
            return count;
        }
        if (broken != null) {
            throw proven ? broken : failures.afterHandshake(from, broken);
        }
        return end;
    }

    /** Fills the target as far as there are records; 0, or -1 once the peer has ended its side in due form. */
    private int decrypt(SSLEngine from, ByteBuffer target) {
        try {
            ByteBuffer in = input.load(inner, true);
            try {
                return decrypt(from, in, target);
            } finally {
                input.keep(in);
            }
        } catch (IOException | RuntimeException e) {
            failure = TlsFailures.asIo(e);
            return 0;
        }
    }

    private int decrypt(SSLEngine from, ByteBuffer in, ByteBuffer target) throws IOException {
        while (true) {
            SSLEngineResult result = from.unwrap(in, target);
            if (result.getStatus() == Status.CLOSED) {
                return -1;
            } else if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                listAsUnread();
                return 0;
            } else if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
                if (input.hasEnded()) {
                    throw LinkFailure.passing(TlsFailures.TRUNCATED, null);
                }
                return 0;
            }
            afterRecord(from, result.getHandshakeStatus());
        }
    }

    /** TLS 1.3 renews keys by a message each; in TLS 1.2 the same would be a whole new handshake, with perhaps another peer. */
    private void afterRecord(SSLEngine from, HandshakeStatus status) throws IOException {
        if (status == HandshakeStatus.NOT_HANDSHAKING || status == HandshakeStatus.FINISHED) {
            return;
        }
        if (!from.getSession().getProtocol().equals("TLSv1.3") || status == HandshakeStatus.NEED_TASK) {
            throw LinkFailure.passing(TlsFailures.RENEGOTIATION, null);
        }
        if (status == HandshakeStatus.NEED_WRAP) {
            output.wrapOwn(from, inner);
            setWriteInterest();
        }
    }

    @Override
    public boolean holdsWritten() {
        return lostWritten || !output.isEmpty();
    }

    @Override
    public void wantWrite(boolean on) {
        wantsWrite = on;
        setWriteInterest();
    }

    @Override
    public void wantRead(boolean on) {
        if (stage == Stage.OPEN) {
            inner.wantRead(on);
        }
    }

    @Override
    public String progress() {
        return switch (stage) {
            case PREPARING -> "connected, but the keys and certificates for TLS were not read";
            case HANDSHAKING ->
                input.hasStarted()
                        ? "connected, but the broker did not finish the TLS handshake"
                        : "connected, but the broker did not answer the TLS handshake";
            case WORKING -> "connected, but the checks of the TLS handshake (certificates, signatures) were not done";
            case CONNECTING, OPEN, CLOSED -> "";
        };
    }

    @Override
    public void close() {
        if (stage == Stage.CLOSED) {
            return;
        }
        SSLEngine open = engine;
        boolean touchable = stage == Stage.OPEN || stage == Stage.HANDSHAKING;
        stage = Stage.CLOSED;
        if (open != null && touchable) {
            sayGoodbye(open);
        }
        release();
    }

    /** What has come and was not handed on is told of, once more. */
    void onUnread() {
        listedAsUnread = false;
        if (stage == Stage.OPEN) {
            listener.onReadable();
        }
    }

    private void handshake(boolean more) {
        SSLEngine of = engine;
        if (of == null) {
            return;
        }
        TlsHandshake.Next next;
        try {
            next = handshake.advance(of, more);
        } catch (IOException | RuntimeException e) {
            fail(failures.inHandshake(of, e));
            return;
        }
        setWriteInterest();
        if (next == TlsHandshake.Next.TASK) {
            stage = Stage.WORKING;
            inner.wantRead(false); // what comes meanwhile waits in the socket
            elsewhere(new TlsTasks(of, this::onWorked));
        } else if (next == TlsHandshake.Next.NOTHING) {
            open(of);
        }
    }

    private void onWorked() {
        if (stage == Stage.WORKING) {
            stage = Stage.HANDSHAKING;
            inner.wantRead(true);
            handshake(false);
        }
    }

    private void onPrepared(@Nullable SSLEngine made, IOException problem) {
        if (stage == Stage.CLOSED) {
            return;
        }
        engine = made;
        if (made == null) {
            fail(problem);
        } else {
            stage = Stage.HANDSHAKING;
            handshake(false);
        }
    }

    private void open(SSLEngine of) {
        stage = Stage.OPEN;
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "TLS to {}: {}, {}.",
                    peer,
                    of.getSession().getProtocol(),
                    of.getSession().getCipherSuite());
        }
        if (!input.isEmpty() || input.hasEnded()) {
            listAsUnread();
        }
        listener.onConnected();
    }

    private void fail(IOException why) {
        SSLEngine of = engine;
        stage = Stage.CLOSED;
        if (of != null) {
            sayGoodbye(of);
        }
        release();
        listener.onConnectFailed(why);
    }

    private void onWriteFailed(IOException e) {
        SSLEngine of = engine;
        if (stage == Stage.HANDSHAKING && of != null) {
            fail(failures.inHandshake(of, alertBehind(of, e)));
        } else {
            failure = e;
            listener.onReadable();
        }
    }

    /** A peer that refuses us says why and closes; a write that fails on that is not the reason, but the alert before it. */
    private IOException alertBehind(SSLEngine of, IOException failedWrite) {
        try {
            ByteBuffer in = input.load(inner, true);
            while (of.unwrap(in, transport.buffers().nothing).getStatus() == Status.OK) {}
        } catch (IOException | RuntimeException alert) {
            return TlsFailures.asIo(alert);
        }
        return failedWrite;
    }

    /** The alert of a failure or close_notify, if the peer takes it at once; nobody waits for more. */
    private void sayGoodbye(SSLEngine of) {
        try {
            of.closeOutbound();
            if (output.flush(inner)) {
                for (int i = 0; i < 2 && of.getHandshakeStatus() == HandshakeStatus.NEED_WRAP; i++) {
                    output.wrapOwn(of, inner);
                }
            } else {
                lostWritten = true;
            }
        } catch (IOException | RuntimeException e) {
            lostWritten |= !output.isEmpty();
            LOG.debug("The end of TLS to {} could not be told.", peer, e);
        }
    }

    private void release() {
        input.release();
        output.release();
        inner.close();
    }

    private void listAsUnread() {
        if (!listedAsUnread) {
            listedAsUnread = true;
            transport.addUnread(this);
        }
    }

    private void setWriteInterest() {
        boolean wanted = wantsWrite || !output.isEmpty();
        if (wanted != innerWantsWrite) {
            innerWantsWrite = wanted;
            inner.wantWrite(wanted);
        }
    }

    private void elsewhere(TlsElsewhere work) {
        try {
            transport.runElsewhere(work, work::onDone);
        } catch (RejectedExecutionException e) {
            fail(LinkFailure.passing("the producer is being closed, or too many handshakes wait already", e));
        }
    }
}
