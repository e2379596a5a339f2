package io.penstock.testkit.fake;

import io.penstock.testkit.tls.TlsServerSide;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Another host, with TLS on every connection; its threads are that one's. */
final class TlsHost implements FakeHost {

    private static final Logger LOG = LoggerFactory.getLogger(TlsHost.class);
    private static final int PLAIN_BYTES = 4 * TlsServerSide.RECORD_ROOM_BYTES;

    private final FakeHost below;
    private final SSLContext context;
    private final boolean asksForCertificate;

    TlsHost(FakeHost below, SSLContext context, boolean asksForCertificate) {
        this.below = below;
        this.context = context;
        this.asksForCertificate = asksForCertificate;
    }

    @Override
    public long nanoTime() {
        return below.nanoTime();
    }

    @Override
    public long currentTimeMillis() {
        return below.currentTimeMillis();
    }

    @Override
    public String address() {
        return below.address();
    }

    @Override
    public int listen(int port, Acceptor acceptor) {
        return below.listen(port, link -> {
            End end = new End(link);
            end.peer = acceptor.accept(end);
            return end;
        });
    }

    @Override
    public void unlisten(int port) {
        below.unlisten(port);
    }

    @Override
    public void schedule(long delayNanos, Runnable task) {
        below.schedule(delayNanos, task);
    }

    @Override
    public void close() {
        below.close();
    }

    /** One connection: a peer to the host below, a link to the broker. */
    private final class End implements Peer, Link {

        private final Link link;
        private final TlsServerSide tls;
        private final ByteBuffer plain = ByteBuffer.allocate(PLAIN_BYTES);

        /** What came and is not a whole record yet: less than one, as a rule. */
        private ByteBuffer unread = ByteBuffer.allocate(0);

        private @Nullable Peer peer;

        End(Link link) {
            this.link = link;
            this.tls = new TlsServerSide(context, asksForCertificate, this::takeEncrypted);
        }

        @Override
        public void onBytes(ByteBuffer in) {
            ByteBuffer all = ByteBuffer.allocate(unread.remaining() + in.remaining());
            all.put(unread).put(in).flip();
            unread = all;
            try {
                boolean open = true;
                for (int before = -1; open && before != all.remaining(); ) {
                    before = all.remaining();
                    open = tls.receive(all, plain.clear());
                    handOn();
                }
                if (!open) {
                    link.close();
                }
            } catch (IOException e) {
                LOG.debug("TLS with a client has failed", e);
                link.close();
            }
        }

        private void handOn() {
            plain.flip();
            if (peer != null && plain.hasRemaining()) {
                peer.onBytes(plain);
            }
        }

        @Override
        public void onClosed() {
            if (peer != null) {
                peer.onClosed();
            }
        }

        @Override
        public void write(ByteBuffer[] bytes) {
            try {
                for (ByteBuffer each : bytes) {
                    tls.send(each);
                }
            } catch (IOException e) {
                LOG.debug("TLS with a client has failed", e);
                link.close();
            }
        }

        @Override
        public void close() {
            try {
                tls.end();
            } catch (IOException e) {
                LOG.debug("The end of TLS with a client could not be told", e);
            }
            link.close();
        }

        private void takeEncrypted(ByteBuffer encrypted) {
            ByteBuffer own = ByteBuffer.allocate(encrypted.remaining());
            link.write(new ByteBuffer[] {own.put(encrypted).flip()});
        }
    }
}
