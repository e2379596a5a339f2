package io.penstock.internal.network;

import io.penstock.internal.config.HostPort;
import io.penstock.internal.loop.Timer;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of reaching one node: its endpoint, its addresses, its failures, its connection. Loop only; a node that
 * moves gets a new slot, so that answers to the old one's questions are recognized as stale.
 *
 * <p>A round is one look-up of the name and one attempt at each address until one works. Backoff lies between rounds.
 */
final class BrokerSlot {

    final int nodeId;
    final HostPort endpoint;

    /** Gives the loop a turn when the backoff ends. */
    final Timer retry = new Timer() {
        @Override
        protected void onTimer(long nowNanos) {
            backingOff = false;
        }
    };

    List<InetAddress> addresses = List.of();

    /** Which address comes next, counted on over all rounds so that a bad one is not always the first. */
    int cursor;

    /** Addresses tried in this round. */
    int triedCount;

    /** Rounds that failed since the broker last answered a request. */
    int failureCount;

    boolean resolving;
    boolean backingOff;
    long retryAtNanos;
    long roundCount;
    boolean unknownHostTold;

    @Nullable
    Connection connection;

    BrokerSlot(int nodeId, HostPort endpoint) {
        this.nodeId = nodeId;
        this.endpoint = endpoint;
    }

    boolean isReady() {
        return connection != null && connection.isReady();
    }

    boolean isConnecting() {
        return resolving || (connection != null && !connection.isReady());
    }

    boolean isBackingOff(long nowNanos) {
        return backingOff && retryAtNanos - nowNanos > 0;
    }

    InetAddress nextAddress() {
        return addresses.get(Math.floorMod(cursor, addresses.size()));
    }

    void backOff(long untilNanos) {
        backingOff = true;
        retryAtNanos = untilNanos;
    }
}
