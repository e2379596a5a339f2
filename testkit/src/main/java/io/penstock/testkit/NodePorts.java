package io.penstock.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/**
 * The listening sockets of one node, opened before its settings are written.
 *
 * <p>A port that is looked up first and bound later can be taken in between by another test; these are bound from the
 * beginning and handed to the broker as they are.
 */
final class NodePorts {
    /** Connections waiting to be accepted; a test that opens more at once waits a little. */
    private static final int BACKLOG_COUNT = 128;

    private final ServerSocketChannel broker;
    private final ServerSocketChannel controller;

    private NodePorts(ServerSocketChannel broker, ServerSocketChannel controller) {
        this.broker = broker;
        this.controller = controller;
    }

    static NodePorts open() {
        return new NodePorts(listen(), listen());
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
        return broker.socket().getLocalPort();
    }

    int controllerPort() {
        return controller.socket().getLocalPort();
    }

    /** The socket that listens on this port. */
    ServerSocketChannel socket(int port) {
        return port == controllerPort() ? controller : broker;
    }

    void close() {
        close(broker);
        close(controller);
    }

    private static void close(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // A listening socket that does not close has nothing to lose.
        }
    }
}
