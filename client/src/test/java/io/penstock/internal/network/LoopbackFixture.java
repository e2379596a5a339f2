package io.penstock.internal.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.internal.config.ConnectionSettings;
import io.penstock.internal.config.DnsLookup;
import io.penstock.internal.loop.LoopAgent;
import io.penstock.internal.loop.Mailbox;
import io.penstock.internal.loop.SystemClock;
import io.penstock.internal.loop.Timers;
import io.penstock.wire.WireReader;
import io.penstock.wire.message.ApiKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Connections on a loop of their own over real sockets; the test hears of everything through one queue. */
final class LoopbackFixture implements ConnectionListener, AutoCloseable {

    private static final long WAIT_SECONDS = 60;

    /** Something that happened. */
    record Event(String what, int nodeId, Object detail) {}

    final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    final Mailbox mailbox = new Mailbox();
    final LoopAgent agent;
    final Connections connections;
    private final NioTransport transport;
    private final SystemHostResolver resolver;

    LoopbackFixture() throws IOException {
        this(-1, -1);
    }

    LoopbackFixture(int sendBufferBytes, int receiveBufferBytes) throws IOException {
        Timers timers = new Timers();
        transport = new NioTransport(sendBufferBytes, receiveBufferBytes);
        resolver = new SystemHostResolver(mailbox, SystemClock.INSTANCE, "test resolver");
        long second = TimeUnit.SECONDS.toNanos(1);
        connections = new Connections(
                new ConnectionSettings(
                        List.of(),
                        DnsLookup.USE_ALL_DNS_IPS,
                        0,
                        20 * second,
                        20 * second,
                        second / 100,
                        second / 10,
                        -1,
                        sendBufferBytes,
                        receiveBufferBytes,
                        "client"),
                20 * second,
                new NetworkSeams(
                        transport,
                        SystemClock.INSTANCE,
                        timers,
                        resolver,
                        new Random(1),
                        ConnectionMeters.NONE,
                        SaslExchanges.NONE),
                this);
        agent = new LoopAgent("test loop", SystemClock.INSTANCE, mailbox, timers, transport, List.of(connections));
        agent.start();
    }

    void connect(int nodeId, String host, int port) {
        mailbox.post(now -> {
            connections.endpoint(nodeId, host, port);
            connections.ready(nodeId, now);
        });
    }

    /** Connects to the server and waits until it is ready. */
    Connection ready(int nodeId, ScriptedServer server) throws InterruptedException {
        connect(nodeId, "localhost", server.port());
        return (Connection) await("ready", nodeId).detail();
    }

    ConnectionException failure(int nodeId) throws InterruptedException {
        return (ConnectionException) await("closed", nodeId).detail();
    }

    /** Sends a request of which the server sees the header; what becomes of it comes as an event. */
    void send(Connection connection, int bodyBytes, boolean expectsResponse) {
        mailbox.post(now -> {
            int correlationId = connections.nextCorrelationId();
            ByteBuffer header = ByteBuffer.allocateDirect(14);
            header.putInt(10 + bodyBytes)
                    .putShort(ApiKey.METADATA.id())
                    .putShort((short) 1)
                    .putInt(correlationId)
                    .putShort((short) -1)
                    .flip();
            ByteBuffer body = ByteBuffer.allocateDirect(bodyBytes);
            for (int i = 0; i < bodyBytes; i++) {
                body.put((byte) i);
            }
            connection.send(
                    new OutboundRequest(
                            ApiKey.METADATA,
                            (short) 1,
                            correlationId,
                            new ByteBuffer[] {header, body.flip()},
                            TimeUnit.SECONDS.toNanos(20),
                            expectsResponse,
                            new QueueingHandler(connection.nodeId())),
                    now);
        });
    }

    Event await(String what, int nodeId) throws InterruptedException {
        while (true) {
            Event event = events.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            assertThat(event)
                    .as("%s of node %d within %d s", what, nodeId, WAIT_SECONDS)
                    .isNotNull();
            if (event.what().equals(what) && event.nodeId() == nodeId) {
                return event;
            }
        }
    }

    @Override
    public void onReady(Connection connection, long nowNanos) {
        events.add(new Event("ready", connection.nodeId(), connection));
    }

    @Override
    public void onClosed(int nodeId, Throwable cause, boolean wasReady, long nowNanos) {
        events.add(new Event("closed", nodeId, cause));
    }

    @Override
    public void onCapacity(Connection connection, long nowNanos) {
        events.add(new Event("capacity", connection.nodeId(), connection));
    }

    @Override
    public void close() throws Exception {
        agent.stop(now -> {
            connections.close(now);
            try {
                transport.close();
            } catch (IOException e) {
                events.add(new Event("transport", 0, e));
            }
        });
        assertThat(agent.awaitEnd(TimeUnit.SECONDS.toNanos(WAIT_SECONDS))).isTrue();
        resolver.close();
        assertThat(agent.failureCount())
                .as("failures that the loop had to survive")
                .isZero();
    }

    private final class QueueingHandler implements ResponseHandler {

        private final int nodeId;

        QueueingHandler(int nodeId) {
            this.nodeId = nodeId;
        }

        @Override
        public void onResponse(WireReader body, long nowNanos) {
            byte[] bytes = new byte[body.remaining()];
            body.readSlice(bytes.length).get(bytes);
            events.add(new Event("response", nodeId, bytes));
        }

        @Override
        public void onLost(Throwable cause, boolean mayHaveArrived, long nowNanos) {
            events.add(new Event("lost", nodeId, mayHaveArrived));
        }

        @Override
        public void onWritten(long nowNanos) {
            events.add(new Event("written", nodeId, ""));
        }
    }
}
