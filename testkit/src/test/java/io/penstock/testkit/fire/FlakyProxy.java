package io.penstock.testkit.fire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands before one broker and passes bytes on, as well or as badly as it is told to.
 *
 * <p>Any thread may change the weather. Two threads for each connection, which is plenty for the few that a soak has; all end
 * with {@link #close}.
 */
final class FlakyProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final int targetPort;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile Weather weather = Weather.FINE;

    FlakyProxy(int targetPort) {
        this.targetPort = targetPort;
        try {
            listener = new ServerSocket();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ProxiedConnection.daemon("proxy-accept-" + targetPort, this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    Weather weather() {
        return weather;
    }

    void weather(Weather next) {
        weather = next;
    }

    /** Resets every connection, wherever in a request or an answer it is. */
    void cut() {
        connections.forEach(ProxiedConnection::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (weather.refuses()) {
                    client.close();
                } else {
                    connect(client);
                }
            } catch (IOException e) {
                // Closed, or the client was gone already.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket broker = new Socket();
        try {
            broker.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort), 1_000);
        } catch (IOException e) { // the broker is down: as if nobody listened
            broker.close();
            client.setSoLinger(true, 0);
            client.close();
            return;
        }
        new ProxiedConnection(this, client, broker, connections).start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            // Nothing to lose.
        }
        cut();
    }
}
