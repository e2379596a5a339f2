package io.penstock.internal.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Links over TCP, all on one selector.
 *
 * <p>Loop only, but for {@link #wakeup()}. A turn allocates nothing and costs what is ready: keys are handled from within
 * the select, without a set in between.
 */
public final class NioTransport implements Transport, Consumer<SelectionKey> {

    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    /** How late I/O may be seen while the loop naps; a shorter one costs more turns of the scheduler. */
    private static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final int sendBufferBytes;
    private final int receiveBufferBytes;
    private final Selector selector;

    /** The loop while it naps. */
    private volatile @Nullable Thread napping;

    /** Since the last nap somebody has called for the loop; one that was for a longer sleep cuts a nap short, which does no harm. */
    private volatile boolean woken;

    private PollMeter meter = PollMeter.NONE;
    private boolean isAnyReady;
    private long readyAtNanos;

    /** Links that were connected within the call, as happens on one machine; bounded by the connections of one turn. */
    private final ArrayDeque<NioLink> connectedAtOnce = new ArrayDeque<>();

    /** Sizes of the socket's buffers in bytes; -1 leaves them to the system. */
    public NioTransport(int sendBufferBytes, int receiveBufferBytes) throws IOException {
        this.sendBufferBytes = sendBufferBytes;
        this.receiveBufferBytes = receiveBufferBytes;
        this.selector = Selector.open();
    }

    @Override
    public Link connect(InetSocketAddress address, LinkListener listener) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            if (sendBufferBytes >= 0) {
                channel.setOption(StandardSocketOptions.SO_SNDBUF, sendBufferBytes);
            }
            if (receiveBufferBytes >= 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
            }
            boolean connected = channel.connect(address);
            SelectionKey key = channel.register(selector, connected ? 0 : SelectionKey.OP_CONNECT);
            NioLink link = new NioLink(channel, key, listener);
            key.attach(link);
            if (connected) {
                connectedAtOnce.add(link);
            }
            return link;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void measure(PollMeter pollMeter) {
        meter = pollMeter;
    }

    @Override
    public void poll(long timeoutNanos) throws IOException {
        long began = System.nanoTime();
        isAnyReady = false;
        select(timeoutNanos);
        long ended = System.nanoTime();
        long ready = isAnyReady ? readyAtNanos : ended;
        meter.onPoll(ready - began, ended - ready, ended);
    }

    private void select(long timeoutNanos) throws IOException {
        if (!connectedAtOnce.isEmpty()) {
            selector.selectNow(this);
            for (NioLink link = connectedAtOnce.poll(); link != null; link = connectedAtOnce.poll()) {
                link.onConnected();
            }
        } else if (timeoutNanos <= 0) {
            selector.selectNow(this);
        } else if (timeoutNanos < NANOS_PER_MILLI) {
            nap(timeoutNanos);
        } else {
            selector.select(this, toMillis(timeoutNanos));
        }
    }

    /** A selector sleeps for whole milliseconds; for less, it is looked at between naps. */
    private void nap(long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        napping = Thread.currentThread();
        while (!woken && selector.selectNow(this) == 0) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                break;
            }
            LockSupport.parkNanos(Math.min(left, NAP_NANOS));
        }
        napping = null;
        woken = false;
    }

    @Override
    public void wakeup() {
        woken = true;
        selector.wakeup();
        LockSupport.unpark(napping); // of nobody it does nothing
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            ((NioLink) key.attachment()).close();
        }
        connectedAtOnce.clear();
        selector.close();
    }

    /** Rounded up, lest the loop turn idly through the last millisecond; 0, for ever, only when that is meant. */
    static long toMillis(long timeoutNanos) {
        return timeoutNanos == Long.MAX_VALUE ? 0 : (timeoutNanos - 1) / NANOS_PER_MILLI + 1;
    }

    /** The selector's, from within the select: the key's link can go on. */
    @Override
    public void accept(SelectionKey key) {
        if (!isAnyReady) {
            isAnyReady = true;
            readyAtNanos = System.nanoTime();
        }
        ((NioLink) key.attachment()).onSelected();
    }
}
