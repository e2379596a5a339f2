package io.penstock.testkit.fire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Set;

/** One connection through a {@link FlakyProxy}: two sockets, and a thread for each direction. */
final class ProxiedConnection {
    private static final int CHUNK_BYTES = 4096;

    private final FlakyProxy proxy;
    private final Socket client;
    private final Socket broker;
    private final Set<ProxiedConnection> alive;

    ProxiedConnection(FlakyProxy proxy, Socket client, Socket broker, Set<ProxiedConnection> alive) throws IOException {
        this.proxy = proxy;
        this.client = client;
        this.broker = broker;
        this.alive = alive;
        client.setTcpNoDelay(true);
        broker.setTcpNoDelay(true);
    }

    void start() {
        alive.add(this);
        daemon("proxy-requests", () -> pump(client, broker, true));
        daemon("proxy-answers", () -> pump(broker, client, false));
    }

    static void daemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void pump(Socket from, Socket to, boolean requests) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                delay(requests, count);
                out.write(chunk, 0, count);
            }
        } catch (IOException | InterruptedException e) {
            // One end is gone; so is the other in a moment.
        } finally {
            close();
        }
    }

    private void delay(boolean requests, int count) throws InterruptedException {
        for (Weather now = proxy.weather(); holds(now, requests) && !client.isClosed(); now = proxy.weather()) {
            Thread.sleep(5);
        }
        int rate = proxy.weather().bytesPerSecond();
        if (rate > 0) {
            Thread.sleep(Math.min(2_000, count * 1_000L / rate));
        }
    }

    private static boolean holds(Weather weather, boolean requests) {
        return requests ? weather.holdsRequests() : weather.holdsAnswers();
    }

    /** With a reset, as a cut is. */
    void close() {
        alive.remove(this);
        for (Socket socket : new Socket[] {client, broker}) {
            try {
                socket.setSoLinger(true, 0);
            } catch (IOException e) {
                // Closed already.
            }
            try {
                socket.close();
            } catch (IOException e) {
                // Nothing to lose.
            }
        }
    }
}
