package io.penstock.internal.network;

import io.penstock.internal.loop.Poller;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Makes links and reports their readiness from within {@link #poll}: sockets in production, TLS over them, a virtual
 * network in a simulation.
 *
 * <p>Loop only, but for {@link #wakeup()}.
 */
public interface Transport extends Poller, AutoCloseable {

    /**
     * Starts connecting; the listener hears of the outcome from within a later {@link #poll}, never from within this
     * call. The address keeps the host name it was resolved from, for TLS.
     *
     * @throws IOException when it fails at once; the listener then hears nothing
     */
    Link connect(InetSocketAddress address, LinkListener listener) throws IOException;

    /** Has this meter hear of every look for I/O. One on which time does not pass while it waits tells it nothing. */
    default void measure(PollMeter meter) {}

    /** Closes every link, without a word to their listeners, and the transport. */
    @Override
    void close() throws IOException;
}
