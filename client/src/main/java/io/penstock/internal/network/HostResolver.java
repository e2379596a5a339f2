package io.penstock.internal.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Turns host names into addresses without blocking the loop.
 *
 * <p>Called on the loop. The listener is called on the loop too: from within the call when no name service is needed
 * (a literal address, a simulated network), otherwise later, through the mailbox.
 */
public interface HostResolver {

    /**
     * Finds all addresses of the host, in the order in which they are to be tried.
     *
     * @param canonicalNames whether each address is to carry its own canonical name rather than the one asked for
     */
    void resolve(String host, boolean canonicalNames, HostListener listener);

    /** Hears the answer, exactly once, on the loop. */
    interface HostListener {

        /** At least one address. */
        void onResolved(List<InetAddress> addresses, long nowNanos);

        void onUnknownHost(UnknownHostException cause, long nowNanos);
    }
}
