package io.penstock.testkit.fake;

import java.nio.ByteBuffer;

/**
 * What fake brokers live on: addresses, connections, time. Real sockets, or a network that is simulated.
 *
 * <p>A host calls into the brokers from one thread at a time; the brokers call it with or without their lock held.
 */
public interface FakeHost extends AutoCloseable {

    /** Monotonic time, for delays and for what requests are stamped with. */
    long nanoTime();

    /** Wall-clock time, for log append time and producer ids. */
    long currentTimeMillis();

    /** The name or address under which clients reach the brokers. */
    String address();

    /**
     * Opens a broker's door.
     *
     * @param port the one to listen on; 0 for any that is free
     * @return the port that it is
     */
    int listen(int port, Acceptor acceptor);

    /** Closes a broker's door and all connections that came through it; the port can be listened on again afterwards. */
    void unlisten(int port);

    /** Runs {@code task} later, as a call into the brokers. */
    void schedule(long delayNanos, Runnable task);

    @Override
    void close();

    /** A broker's door. */
    interface Acceptor {
        Peer accept(Link link);
    }

    /** The broker's end of a connection, called by the host. */
    interface Peer {
        /** Takes all bytes of {@code in}. */
        void onBytes(ByteBuffer in);

        void onClosed();
    }

    /** The way back to the client. Never blocks. */
    interface Link {
        void write(ByteBuffer[] bytes);

        /** Closes once all that was written is on its way. */
        void close();
    }
}
