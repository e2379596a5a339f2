package io.penstock.internal.loop;

import java.io.IOException;

/** Where the loop sleeps: waits for readiness of sockets (or of their stand-ins) and reports it to their owners. */
public interface Poller {

    /**
     * Handles the I/O that is ready; when there is none, waits for some, at most this long. 0 never waits,
     * {@link Long#MAX_VALUE} waits until there is I/O or a wake-up. May return early; less than a millisecond is waited for
     * precisely, more up to a millisecond longer. Loop only.
     */
    void poll(long timeoutNanos) throws IOException;

    /** Ends the wait under way or, when there is none, the next one. Any thread. */
    void wakeup();
}
