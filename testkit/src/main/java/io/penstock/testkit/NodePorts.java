package io.penstock.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The listening sockets of one node, opened before its settings are written.
 *
 * <p>A port that is looked up first and bound later can be taken in between by another test; these are bound from the
 * beginning and handed to the broker as they are.
 */
final class NodePorts {
    /** Connections waiting to be accepted; a test that opens more at once waits a little. */
    private static final int BACKLOG_COUNT = 128;

    private static final String CONTROLLER = "CONTROLLER";

    /** By the name of the listener: the controller's, the plaintext one, and what else was asked for. */
    private final Map<String, ServerSocketChannel> sockets = new LinkedHashMap<>();

    private NodePorts() {}

    /** Opens the controller's, the plaintext one, and one for each of these. */
    static NodePorts open(Collection<String> otherListeners) {
        NodePorts ports = new NodePorts();
        try {
            ports.sockets.put(CONTROLLER, listen());
            ports.sockets.put(BrokerListener.PLAINTEXT, listen());
            for (String listener : otherListeners) {
                ports.sockets.put(listener, listen());
            }
            return ports;
        } catch (RuntimeException | Error e) {
            ports.close();
            throw e;
        }
    }

    private static ServerSocketChannel listen() {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), BACKLOG_COUNT);
            return channel;
        } catch (IOException e) {
            throw new EmbeddedKafkaException(
                    "cannot listen on a free port of 127.0.0.1: " + e.getMessage() + "; is the loopback interface up?",
                    e);
        }
    }

    int brokerPort() {
        return port(BrokerListener.PLAINTEXT);
    }

    int controllerPort() {
        return port(CONTROLLER);
    }

    int port(String listener) {
        ServerSocketChannel socket = sockets.get(listener);
        if (socket == null) {
            throw new IllegalArgumentException("there is no listener " + listener + " but only " + sockets.keySet());
        }
        return socket.socket().getLocalPort();
    }

    /** The socket that listens on this port. */
    ServerSocketChannel socket(int port) {
        for (ServerSocketChannel socket : sockets.values()) {
            if (socket.socket().getLocalPort() == port) {
                return socket;
            }
        }
        throw new IllegalArgumentException("no listener has the port " + port);
    }

    void close() {
        sockets.values().forEach(NodePorts::close);
    }

    private static void close(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // A listening socket that does not close has nothing to lose.
        }
    }
}
