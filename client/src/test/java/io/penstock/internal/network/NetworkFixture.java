package io.penstock.internal.network;

import io.penstock.internal.config.ConnectionSettings;
import io.penstock.internal.config.DnsLookup;
import io.penstock.internal.config.HostPort;
import io.penstock.internal.loop.ManualClock;
import io.penstock.internal.loop.Timers;
import io.penstock.wire.message.ApiKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Connections on a virtual network and a clock moved by hand; everything happens on the test's thread. */
final class NetworkFixture implements ConnectionListener {

    static final long REQUEST_TIMEOUT_MS = 30_000;
    static final long SETUP_TIMEOUT_MS = 10_000;
    static final long MAX_IDLE_MS = 540_000;

    final ManualClock clock = new ManualClock();
    final Timers timers = new Timers();
    final VirtualTransport transport = new VirtualTransport();
    final VirtualResolver resolver = new VirtualResolver(clock);
    final List<String> events = new ArrayList<>();
    final List<Throwable> closings = new ArrayList<>();
    final List<Connection> opened = new ArrayList<>();
    final RecordingMeter meter = new RecordingMeter();
    final Connections connections;

    NetworkFixture(String... bootstrap) {
        this(DnsLookup.USE_ALL_DNS_IPS, bootstrap);
    }

    NetworkFixture(SaslExchanges sasl, String... bootstrap) {
        this(DnsLookup.USE_ALL_DNS_IPS, sasl, bootstrap);
    }

    NetworkFixture(DnsLookup dnsLookup, String... bootstrap) {
        this(dnsLookup, SaslExchanges.NONE, bootstrap);
    }

    private NetworkFixture(DnsLookup dnsLookup, SaslExchanges sasl, String... bootstrap) {
        List<HostPort> servers = new ArrayList<>();
        for (String host : bootstrap) {
            servers.add(new HostPort(host, 9092));
        }
        connections = new Connections(
                new ConnectionSettings(
                        servers,
                        dnsLookup,
                        0,
                        TimeUnit.MILLISECONDS.toNanos(SETUP_TIMEOUT_MS),
                        TimeUnit.MILLISECONDS.toNanos(30_000),
                        TimeUnit.MILLISECONDS.toNanos(50),
                        TimeUnit.MILLISECONDS.toNanos(1_000),
                        TimeUnit.MILLISECONDS.toNanos(MAX_IDLE_MS),
                        -1,
                        -1,
                        "client"),
                TimeUnit.MILLISECONDS.toNanos(REQUEST_TIMEOUT_MS),
                new NetworkSeams(transport, clock, timers, resolver, new Random(42), nodeId -> meter, sasl),
                this);
        resolver.host("one", "10.0.0.1");
        resolver.host("two", "10.0.0.2");
        resolver.host("three", "10.0.1.1", "10.0.1.2", "10.0.1.3");
    }

    @Override
    public void onReady(Connection connection, long nowNanos) {
        events.add("ready " + connection.nodeId());
        opened.add(connection);
    }

    @Override
    public void onClosed(int nodeId, Throwable cause, boolean wasReady, long nowNanos) {
        events.add("closed " + nodeId + (wasReady ? " ready" : ""));
        closings.add(cause);
    }

    @Override
    public void onCapacity(Connection connection, long nowNanos) {
        events.add("capacity " + connection.nodeId());
    }

    long now() {
        return clock.nanoTime();
    }

    void after(long millis) {
        clock.advanceMillis(millis);
        timers.fire(now());
        connections.run(now());
    }

    ConnectionException lastFailure() {
        return (ConnectionException) closings.get(closings.size() - 1);
    }

    /** Connects to the node, which is at host one unless it is known, and answers its handshake. */
    Connection connect(int nodeId) {
        connections.endpoint(nodeId, "one", 9092);
        connections.ready(nodeId, now());
        return shakeHands(transport.last());
    }

    Connection shakeHands(VirtualLink link) {
        link.connected();
        Frames.Received asked = Frames.requests(link.takeWritten()).get(0);
        link.receive(Frames.apiVersions(
                asked.correlationId(), Frames.everything(), asked.header().requestApiVersion()));
        return opened.get(opened.size() - 1);
    }

    /** A Metadata request with an empty body; the tests' brokers do not look inside. */
    OutboundRequest request(RecordingHandler handler) {
        return request(handler, true, 8);
    }

    OutboundRequest request(RecordingHandler handler, boolean expectsResponse, int bodyBytes) {
        int correlationId = connections.nextCorrelationId();
        ByteBuffer header = ByteBuffer.allocate(16);
        header.putInt(12 + bodyBytes)
                .putShort(ApiKey.METADATA.id())
                .putShort((short) 1)
                .putInt(correlationId)
                .putShort((short) -1)
                .putShort((short) 0)
                .flip();
        return new OutboundRequest(
                ApiKey.METADATA,
                (short) 1,
                correlationId,
                new ByteBuffer[] {header, ByteBuffer.allocate(bodyBytes)},
                TimeUnit.MILLISECONDS.toNanos(REQUEST_TIMEOUT_MS),
                expectsResponse,
                handler);
    }

    RecordingHandler send(Connection connection) {
        RecordingHandler handler = new RecordingHandler();
        connection.send(request(handler), now());
        return handler;
    }
}
