package io.penstock.internal.tls;

import io.penstock.internal.loop.Mailbox;
import io.penstock.internal.network.Link;
import io.penstock.internal.network.LinkListener;
import io.penstock.internal.network.PollMeter;
import io.penstock.internal.network.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/**
 * TLS over the links of another transport: a link is reported as connected when its handshake is done and the peer is verified.
 *
 * <p>Loop only, but for {@link #wakeup()}. What takes long (key files, certificates, signatures) runs on the executor and comes back
 * through the mailbox; encryption itself runs on the loop. See docs/decisions/tls.md.
 */
public final class TlsTransport implements Transport {

    private final Transport inner;
    private final Mailbox mailbox;
    private final Executor threads;
    private final EngineSource engines;
    private final TlsBuffers buffers = new TlsBuffers();

    /** Links with bytes that were read from the socket, which will not report them again, and not handed on. At most one entry each. */
    private final ArrayDeque<TlsLink> unread = new ArrayDeque<>();

    /** The transport owns the one it wraps and the engines; the executor is its maker's. */
    public TlsTransport(Transport inner, Mailbox mailbox, Executor threads, EngineSource engines) {
        this.inner = inner;
        this.mailbox = mailbox;
        this.threads = threads;
        this.engines = engines;
    }

    @Override
    public Link connect(InetSocketAddress address, LinkListener listener) throws IOException {
        return new TlsLink(this, inner, address, listener);
    }

    @Override
    public void poll(long timeoutNanos) throws IOException {
        int waiting = unread.size();
        inner.poll(waiting == 0 ? timeoutNanos : 0);
        for (int i = 0; i < waiting; i++) {
            TlsLink link = unread.poll();
            if (link != null) {
                link.onUnread();
            }
        }
    }

    @Override
    public void measure(PollMeter meter) {
        inner.measure(meter);
    }

    @Override
    public void wakeup() {
        inner.wakeup();
    }

    @Override
    public void close() throws IOException {
        unread.clear();
        engines.close();
        inner.close();
    }

    TlsBuffers buffers() {
        return buffers;
    }

    EngineSource engines() {
        return engines;
    }

    /** Has this link told of what it holds in the next turn. */
    void addUnread(TlsLink link) {
        unread.add(link);
    }

    /** Runs it on another thread, then its second half here; both always, unless the loop ends. */
    void runElsewhere(Runnable slow, Runnable thenOnLoop) {
        threads.execute(() -> {
            try {
                slow.run();
            } finally {
                mailbox.post(now -> thenOnLoop.run());
            }
        });
    }
}
