package io.penstock.internal.network;

import io.penstock.internal.config.ConnectionSettings;
import io.penstock.internal.config.DnsLookup;
import io.penstock.internal.config.HostPort;
import io.penstock.internal.loop.Backoff;
import io.penstock.internal.loop.LoopDuty;
import io.penstock.internal.network.ConnectionException.Reason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one loop, at most one in use for each node, made when asked for.
 *
 * <p>Loop only. Bootstrap servers are the nodes -1, -2, ... in the order of {@code bootstrap.servers}. A connection that
 * cannot be made or is lost is reported and not made again by itself: whoever needs it asks for it, and gets nothing
 * while the node is backing off. The end of a backoff is a turn of the loop, so whoever asks in every turn misses nothing.
 *
 * <p>It is a duty of the loop, to stand after those that send: once a turn it writes what they sent.
 */
public final class Connections implements LoopDuty {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final ConnectionSettings settings;
    private final HostResolver resolver;
    private final RandomGenerator random;
    private final ConnectionListener listener;
    private final ConnectionContext context;
    private final Backoff reconnectBackoff;
    private final Backoff setupTimeout;

    private final BrokerTable brokers = new BrokerTable();

    /** Connections to nodes that have moved or are forgotten, which end with their requests in flight. */
    private final List<Connection> retired = new ArrayList<>();

    /** Connections with something to write; each at most once. */
    private final ArrayDeque<Connection> unflushed = new ArrayDeque<>();

    private @Nullable String clusterId;
    private int lastCorrelationId;
    private boolean answered;
    private boolean closed;

    public Connections(
            ConnectionSettings settings, long requestTimeoutNanos, NetworkSeams seams, ConnectionListener listener) {
        this.settings = settings;
        this.resolver = seams.resolver();
        this.random = seams.random();
        this.listener = listener;
        this.context = new ConnectionContext(
                seams.transport(),
                seams.clock(),
                seams.timers(),
                new LoopBuffers(),
                new Owner(),
                seams.meters(),
                new SaslSteps(seams.sasl(), settings.clientId()),
                random,
                requestTimeoutNanos,
                settings.maxIdleNanos());
        this.reconnectBackoff = new Backoff(settings.reconnectBackoffNanos(), settings.reconnectBackoffMaxNanos());
        this.setupTimeout = new Backoff(settings.setupTimeoutNanos(), settings.setupTimeoutMaxNanos());
        addBootstrap();
    }

    /** Writes what was sent in this turn. */
    @Override
    public boolean run(long nowNanos) {
        for (Connection next = unflushed.poll(); next != null; next = unflushed.poll()) {
            next.flush(nowNanos);
        }
        return false;
    }

    /**
     * Says where a node is. When it was elsewhere, its connection takes no more requests and is closed when those in
     * flight have ended, which is not reported.
     */
    public void endpoint(int nodeId, String host, int port) {
        BrokerSlot known = brokers.get(nodeId);
        if (known != null
                && known.endpoint.port() == port
                && known.endpoint.host().equals(host)) {
            return;
        }
        HostPort endpoint;
        try {
            endpoint = new HostPort(host, port);
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "Broker {} is announced with an address that is none ({}); it cannot be used.",
                    nodeId,
                    e.getMessage());
            forget(nodeId);
            return;
        }
        forget(nodeId);
        brokers.put(new BrokerSlot(nodeId, endpoint));
    }

    /** The node is no more; its connection ends as when it has moved. Nothing happens when it is not known. */
    public void forget(int nodeId) {
        BrokerSlot slot = brokers.remove(nodeId);
        if (slot == null) {
            return;
        }
        context.timers().cancel(slot.retry);
        Connection connection = slot.connection;
        if (connection != null) {
            slot.connection = null;
            retired.add(connection);
            connection.retire(
                    closedByUs(nodeId, slot.endpoint, "has left the cluster or has moved"),
                    context.clock().nanoTime());
        }
    }

    /** Forgets every node but the bootstrap servers, which are looked up again. */
    public void rebootstrap() {
        while (brokers.count() > 0) {
            forget(brokers.at(brokers.count() - 1).nodeId);
        }
        clusterId = null;
        addBootstrap();
    }

    /** The cluster that brokers are to check they belong to (KIP-1242); null, as at the start, for no check. */
    public void expectCluster(@Nullable String id) {
        clusterId = id;
    }

    /**
     * The node's connection if it carries requests now; otherwise null, and one is being made unless the node is not
     * known or backing off. It may be throttled.
     */
    public @Nullable Connection ready(int nodeId, long nowNanos) {
        BrokerSlot slot = brokers.get(nodeId);
        if (slot == null) {
            return null;
        }
        if (slot.isReady()) {
            return slot.connection;
        }
        if (!slot.isConnecting() && !slot.isBackingOff(nowNanos)) {
            startRound(slot);
        }
        return null;
    }

    /** The node's connection if it carries requests now; makes none. */
    public @Nullable Connection readyNow(int nodeId) {
        BrokerSlot slot = brokers.get(nodeId);
        return slot != null && slot.isReady() ? slot.connection : null;
    }

    /** Whether there is an address for it. */
    public boolean isKnown(int nodeId) {
        return brokers.get(nodeId) != null;
    }

    public boolean isBackingOff(int nodeId, long nowNanos) {
        BrokerSlot slot = brokers.get(nodeId);
        return slot != null && slot.isBackingOff(nowNanos);
    }

    /** When connecting may be tried again, or now when it may already; meaningless for a node that is not known. */
    public long retryAtNanos(int nodeId) {
        BrokerSlot slot = brokers.get(nodeId);
        return slot != null && slot.backingOff
                ? slot.retryAtNanos
                : context.clock().nanoTime();
    }

    /**
     * A connection for a request that any broker can answer: of those that are ready and not throttled one with the
     * fewest requests in flight. When there is none, null, and one is being made to some node that is not backing off.
     */
    public @Nullable Connection leastLoaded(long nowNanos) {
        int count = brokers.count();
        int start = count > 1 ? random.nextInt(count) : 0;
        Connection best = null;
        BrokerSlot candidate = null;
        boolean connecting = false;
        for (int i = 0; i < count; i++) {
            BrokerSlot slot = brokers.at((start + i) % count);
            Connection connection = slot.connection;
            if (connection != null && connection.isReady()) {
                if (!connection.isThrottled(nowNanos)
                        && (best == null || connection.inFlightCount() < best.inFlightCount())) {
                    best = connection;
                }
            } else if (slot.isConnecting()) {
                connecting = true;
            } else if (!slot.isBackingOff(nowNanos) && (candidate == null || slot.roundCount < candidate.roundCount)) {
                candidate = slot;
            }
        }
        if (best == null && !connecting && candidate != null) {
            startRound(candidate);
        }
        return best;
    }

    /** For the header of the next request on any of these connections; never negative. */
    public int nextCorrelationId() {
        lastCorrelationId = lastCorrelationId + 1 & Integer.MAX_VALUE;
        return lastCorrelationId;
    }

    /** Closes every connection, telling the requests in flight; there will be no new ones. */
    public void close(long nowNanos) {
        closed = true;
        List<Connection> open = new ArrayList<>(retired);
        for (int i = 0; i < brokers.count(); i++) {
            BrokerSlot slot = brokers.at(i);
            context.timers().cancel(slot.retry);
            if (slot.connection != null) {
                open.add(slot.connection);
            }
        }
        for (Connection connection : open) {
            connection.close(
                    closedByUs(connection.nodeId(), connection.endpoint(), "the producer is closed"), nowNanos);
        }
        unflushed.clear();
    }

    private static ConnectionException closedByUs(int nodeId, HostPort endpoint, String why) {
        return new ConnectionException(Reason.CLOSED, nodeId, endpoint, why, null);
    }

    private void addBootstrap() {
        int nodeId = 0;
        for (HostPort server : settings.bootstrap()) {
            brokers.put(new BrokerSlot(--nodeId, server));
        }
    }

    private void startRound(BrokerSlot slot) {
        if (closed) {
            return;
        }
        slot.resolving = true;
        slot.roundCount++;
        slot.triedCount = 0;
        boolean canonicalNames =
                slot.nodeId < 0 && settings.dnsLookup() == DnsLookup.RESOLVE_CANONICAL_BOOTSTRAP_SERVERS_ONLY;
        resolver.resolve(slot.endpoint.host(), canonicalNames, new Round(slot));
    }

    private void connectNext(BrokerSlot slot, long nowNanos) {
        slot.triedCount++;
        InetSocketAddress address = new InetSocketAddress(slot.nextAddress(), slot.endpoint.port());
        Connection connection = new Connection(
                slot.nodeId,
                slot.endpoint,
                context,
                new Handshake(settings.clientId(), clusterId),
                context.sasl().newStep(slot.endpoint));
        slot.connection = connection;
        LOG.debug("Connecting to {} ({}).", slot.endpoint, address);
        connection.open(address, setupTimeout.nanos(slot.failureCount + 1, random), nowNanos);
    }

    private boolean isStale(BrokerSlot slot) {
        return closed || brokers.get(slot.nodeId) != slot;
    }

    private void backOff(BrokerSlot slot, long nowNanos) {
        slot.backOff(nowNanos + reconnectBackoff.nanos(slot.failureCount + 1, random));
        slot.failureCount++;
        context.timers().schedule(slot.retry, slot.retryAtNanos);
    }

    /** The look-up of one name for one round. */
    private final class Round implements HostResolver.HostListener {

        private final BrokerSlot slot;

        Round(BrokerSlot slot) {
            this.slot = slot;
        }

        @Override
        public void onResolved(List<InetAddress> addresses, long nowNanos) {
            if (isStale(slot)) {
                return;
            }
            slot.resolving = false;
            slot.unknownHostTold = false;
            slot.addresses = List.copyOf(addresses);
            connectNext(slot, nowNanos);
        }

        @Override
        public void onUnknownHost(UnknownHostException failure, long nowNanos) {
            if (isStale(slot)) {
                return;
            }
            slot.resolving = false;
            backOff(slot, nowNanos);
            ConnectionException cause = new ConnectionException(
                    Reason.UNKNOWN_HOST,
                    slot.nodeId,
                    slot.endpoint,
                    "the host name '" + slot.endpoint.host() + "' cannot be resolved; check "
                            + (slot.nodeId < 0
                                    ? "bootstrap.servers and the name service"
                                    : "the broker's advertised.listeners and the name service"),
                    failure);
            if (!slot.unknownHostTold) {
                slot.unknownHostTold = true;
                LOG.warn("{}", cause.getMessage());
            }
            listener.onClosed(slot.nodeId, cause, false, nowNanos);
        }
    }

    /** What the connections tell. */
    private final class Owner implements ConnectionOwner {

        @Override
        public void onReady(Connection connection, long nowNanos) {
            listener.onReady(connection, nowNanos);
        }

        @Override
        public boolean onClosing(Connection connection, Throwable cause, boolean wasReady, long nowNanos) {
            BrokerSlot slot = brokers.get(connection.nodeId());
            if (slot == null || slot.connection != connection) {
                retired.remove(connection);
                return false;
            }
            slot.connection = null;
            if (connection.hasAnswered()) {
                slot.failureCount = 0;
            }
            if (closed || Failures.isIdle(cause)) {
                return true;
            }
            slot.cursor++;
            if (!wasReady && Failures.mayTryNextAddress(slot, cause)) {
                LOG.debug("{}; trying the next address", cause.getMessage());
                connectNext(slot, nowNanos);
                return false;
            }
            backOff(slot, nowNanos);
            return true;
        }

        @Override
        public void onClosed(Connection connection, Throwable cause, boolean wasReady, long nowNanos) {
            BrokerSlot slot = brokers.get(connection.nodeId());
            Throwable told = slot == null || wasReady ? cause : Failures.withAddresses(slot, cause);
            if (closed || Failures.isIdle(cause)) {
                LOG.debug("{}", told.getMessage());
            } else {
                Failures.tell(slot == null ? 1 : slot.failureCount, told);
            }
            listener.onClosed(connection.nodeId(), told, wasReady, nowNanos);
        }

        @Override
        public void onCapacity(Connection connection, long nowNanos) {
            listener.onCapacity(connection, nowNanos);
        }

        @Override
        public void onAnswered() {
            answered = true;
        }

        @Override
        public boolean hasAnswered() {
            return answered;
        }

        @Override
        public int nextCorrelationId() {
            return Connections.this.nextCorrelationId();
        }

        @Override
        public void onUnflushed(Connection connection) {
            unflushed.add(connection);
        }
    }
}
