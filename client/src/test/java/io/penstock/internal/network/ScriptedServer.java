package io.penstock.internal.network;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A raw server on a free loopback port that does to each client what its script says. */
final class ScriptedServer implements AutoCloseable {

    /** What to do with one client; the connection is closed after it. */
    interface Script {

        void run(Peer peer) throws Exception;
    }

    private final ServerSocket socket;
    private final Script script;
    private final Queue<Socket> clients = new ConcurrentLinkedQueue<>();

    ScriptedServer(Script script) throws IOException {
        this.script = script;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "scripted server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket client : clients) {
            client.close();
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                clients.add(client);
                Thread thread = new Thread(() -> serve(client), "scripted server, one client");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            script.run(new Peer(client));
        } catch (Exception e) {
            // The client has hung up, or the test is over.
        }
    }

    /** One client, seen from the server. */
    static final class Peer {

        final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;

        Peer(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new DataInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        Frames.Received next() throws IOException {
            byte[] frame = new byte[in.readInt()];
            in.readFully(frame);
            return Frames.request(ByteBuffer.wrap(frame));
        }

        /** Answers the handshake as a broker that speaks everything. */
        void shakeHands() throws IOException {
            Frames.Received asked = next();
            send(Frames.apiVersions(
                    asked.correlationId(), Frames.everything(), asked.header().requestApiVersion()));
        }

        void send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        void trickle(byte[] bytes) throws IOException {
            for (byte b : bytes) {
                out.write(b);
                out.flush();
            }
        }

        /** Until the client hangs up. */
        void waitForEnd() throws IOException {
            while (in.read() >= 0) {
                // Whatever it still says is not of interest.
            }
        }

        /** Ends with a reset rather than an end of stream. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
