package io.penstock.testkit.sim;

import io.penstock.internal.network.Link;
import io.penstock.internal.network.LinkListener;
import io.penstock.testkit.fake.FakeHost;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One connection, both ends of it: a pipe with a delay and a send buffer in each direction.
 *
 * <p>As with sockets, bytes that were taken are on their way whatever the sender does then, arrive in order and in pieces, and the
 * client hears of it only when it polls. Bytes are copied when they are taken: what the engine does to its pages afterwards changes
 * nothing any more, and what it did before is seen.
 */
final class SimLink implements Link {

    private static final int MAX_PIECES = 4;

    private final SimNetwork network;
    private final SimNetwork.Client client;
    private final LinkListener listener;
    private final int port;
    private final long number;
    private final FakeHost.Link brokerSide = new BrokerSide();

    /** Arrived and not read. */
    private final ArrayDeque<ByteBuffer> inbound = new ArrayDeque<>();

    private FakeHost.@Nullable Peer peer;
    private boolean connectedDue;
    private boolean refusalDue;
    private boolean open;
    private boolean ended;
    private boolean broken;
    private boolean closed;
    private boolean brokerClosed;
    private boolean wantsWrite;
    private int onTheWayBytes;
    private long lastArrivalAtBroker;
    private long lastArrivalAtClient;

    SimLink(SimNetwork network, SimNetwork.Client client, LinkListener listener, int port, long number) {
        this.network = network;
        this.client = client;
        this.listener = listener;
        this.port = port;
        this.number = number;
    }

    int port() {
        return port;
    }

    boolean isClosed() {
        return closed;
    }

    FakeHost.Link brokerSide() {
        return brokerSide;
    }

    // ------------------------------------------------------------------------------------- the client's end

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        if (broken) {
            throw new IOException("Broken pipe");
        }
        int room = network.takes(port, onTheWayBytes);
        int count = 0;
        for (int i = offset; i < offset + length; i++) {
            count += Math.min(sources[i].remaining(), room - count);
        }
        if (count == 0) {
            return 0;
        }
        byte[] taken = new byte[count];
        int at = 0;
        for (int i = offset; i < offset + length && at < count; i++) {
            int now = Math.min(sources[i].remaining(), count - at);
            sources[i].get(taken, at, now);
            at += now;
        }
        onTheWayBytes += count;
        network.trace().addBytes("sent", number, taken);
        lastArrivalAtBroker = network.arrival(port, lastArrivalAtBroker, count);
        network.agenda().at(lastArrivalAtBroker, () -> arriveAtBroker(taken));
        return count;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        ByteBuffer next = inbound.peek();
        if (next == null) {
            if (broken) {
                throw new IOException("Connection reset by peer");
            }
            return ended ? -1 : 0;
        }
        int count = Math.min(next.remaining(), target.remaining());
        target.put(next.slice(next.position(), count));
        next.position(next.position() + count);
        if (!next.hasRemaining()) {
            inbound.remove();
        }
        return count;
    }

    @Override
    public void wantWrite(boolean on) {
        wantsWrite = on;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        inbound.clear();
        network.trace().add("closed", number, port);
        long end = network.arrival(port, lastArrivalAtBroker, 0);
        network.agenda().at(end, this::endAtBroker);
        client.onClosed(this);
    }

    /** Whether a poll would find something. */
    boolean isReady() {
        return !closed && (connectedDue || refusalDue || isReadable() || isWritable());
    }

    private boolean isReadable() {
        return open && (!inbound.isEmpty() || ended || broken);
    }

    private boolean isWritable() {
        return open && wantsWrite && (broken || network.takes(port, onTheWayBytes) > 0);
    }

    /** Tells the client what there is, from within its poll. */
    void tell() {
        if (closed) {
            return;
        }
        if (refusalDue) {
            refusalDue = false;
            listener.onConnectFailed(new ConnectException("Connection refused"));
            return;
        }
        if (connectedDue) {
            connectedDue = false;
            open = true;
            listener.onConnected();
        }
        if (isReadable()) {
            listener.onReadable();
        }
        if (!closed && isWritable()) {
            listener.onWritable();
        }
    }

    // ------------------------------------------------------------------------------------- the network between

    /** The way is there; the broker's door is asked. */
    void knock(FakeHost.@Nullable Acceptor door) {
        if (closed) {
            return;
        }
        if (door == null) {
            refusalDue = true;
        } else {
            peer = door.accept(brokerSide);
            connectedDue = true;
        }
    }

    private void arriveAtBroker(byte[] bytes) {
        onTheWayBytes -= bytes.length;
        if (peer != null && !brokerClosed) {
            network.trace().add("received", number, bytes.length);
            peer.onBytes(ByteBuffer.wrap(bytes));
        }
    }

    private void endAtBroker() {
        if (peer != null && !brokerClosed) {
            brokerClosed = true;
            peer.onClosed();
        }
    }

    /** Torn on its way: both ends hear of it, and what was under way to the client is lost. */
    void cut() {
        if (closed || broken) {
            return;
        }
        network.trace().add("cut", number, port);
        broken = true;
        inbound.clear();
        if (!open) {
            connectedDue = false;
            refusalDue = true;
        }
        endAtBroker();
    }

    /** The broker's end. */
    private final class BrokerSide implements FakeHost.Link {

        @Override
        public void write(ByteBuffer[] buffers) {
            if (brokerClosed || broken) {
                return;
            }
            int total = 0;
            for (ByteBuffer buffer : buffers) {
                total += buffer.remaining();
            }
            byte[] all = new byte[total];
            int at = 0;
            for (ByteBuffer buffer : buffers) {
                int now = buffer.remaining();
                buffer.get(all, at, now);
                at += now;
            }
            network.trace().addBytes("answered", number, all);
            int pieces = network.pieces(MAX_PIECES);
            int from = 0;
            for (int i = 1; i <= pieces; i++) {
                int to = i == pieces ? total : from + network.below(total - from + 1);
                if (to > from) {
                    deliver(ByteBuffer.wrap(all, from, to - from));
                }
                from = to;
            }
        }

        private void deliver(ByteBuffer piece) {
            lastArrivalAtClient = network.arrival(port, lastArrivalAtClient, piece.remaining());
            network.agenda().at(lastArrivalAtClient, () -> {
                if (!closed && !broken) {
                    inbound.add(piece);
                }
            });
        }

        @Override
        public void close() {
            if (brokerClosed) {
                return;
            }
            brokerClosed = true;
            lastArrivalAtClient = network.arrival(port, lastArrivalAtClient, 0);
            network.agenda().at(lastArrivalAtClient, () -> ended = true);
        }
    }
}
