package io.penstock.internal.network;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a connection is in its life, and where it can go from there.
 *
 * <pre>
 *   CONNECTING --> NEGOTIATING --> READY --> CLOSED
 *        \______________\____________________/
 * </pre>
 *
 * TLS belongs to CONNECTING: a transport that wraps another reports a link as connected when its handshake is done.
 * SASL belongs to NEGOTIATING: one more {@link SetupStep}, after the {@link Handshake}.
 */
enum ConnectionState {
    /** The link is being made. */
    CONNECTING,
    /** The link carries the frames of the setup steps only. */
    NEGOTIATING,
    /** It carries requests. */
    READY,
    /** Gone for good; a new connection is a new object. */
    CLOSED;

    Set<ConnectionState> successors() {
        return switch (this) {
            case CONNECTING -> EnumSet.of(NEGOTIATING, CLOSED);
            case NEGOTIATING -> EnumSet.of(READY, CLOSED);
            case READY -> EnumSet.of(CLOSED);
            case CLOSED -> EnumSet.noneOf(ConnectionState.class);
        };
    }

    ConnectionState to(ConnectionState next) {
        if (!successors().contains(next)) {
            throw new IllegalStateException("A connection cannot go from " + this + " to " + next + ".");
        }
        return next;
    }
}
