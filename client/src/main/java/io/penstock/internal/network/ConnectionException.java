package io.penstock.internal.network;

import io.penstock.internal.config.HostPort;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection could not be made or is gone. Immutable; says which node at which address, what happened and what to
 * do. It has no stack trace: it is an event of the network, and always made on the loop.
 */
public final class ConnectionException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The kinds of failure that an engine may want to tell apart. */
    public enum Reason {
        /** The name service does not know the host. */
        UNKNOWN_HOST,
        /** No address of the host takes connections. */
        CONNECT_FAILED,
        /** The connection was not made, or the handshake not finished, in time. */
        SETUP_TIMEOUT,
        /** The bytes that came are not Kafka's: another protocol, TLS, or no answer at all. */
        NOT_KAFKA,
        /** The broker refused the handshake or is too different in version. */
        HANDSHAKE_FAILED,
        /** SASL: the broker refuses the credentials, is not who it should be, or there are none to show it. */
        AUTHENTICATION_FAILED,
        /** SASL: the broker's listener does not take the mechanism. */
        UNSUPPORTED_MECHANISM,
        /** SASL: the broker's listener does not expect it. */
        ILLEGAL_SASL_STATE,
        /** TLS failed over who one side is or how it speaks (certificates, protocols): only other settings help. */
        TLS_REFUSED,
        /** The broker says it is not the one that was meant (KIP-1242): start again from the bootstrap servers. */
        WRONG_BROKER,
        /** A request was not answered in time. */
        REQUEST_TIMEOUT,
        /** The broker closed the connection, or it broke. */
        LOST,
        /** The broker sent bytes that make no sense at that point. */
        MALFORMED,
        /** Nothing was sent for {@code connections.max.idle.ms}. */
        IDLE,
        /** Closed by us: the node was forgotten, has moved, or the producer is closed. */
        CLOSED;

        /** Whether it is about who this client or the broker is, which another attempt does not change. */
        public boolean isAuthentication() {
            return this == AUTHENTICATION_FAILED
                    || this == UNSUPPORTED_MECHANISM
                    || this == ILLEGAL_SASL_STATE
                    || this == TLS_REFUSED;
        }
    }

    private final String what;
    private final Reason reason;
    private final int nodeId;
    private final HostPort endpoint;

    ConnectionException(
            Reason reason, int nodeId, HostPort endpoint, String whatAndWhatToDo, @Nullable Throwable cause) {
        super(describe(nodeId, endpoint) + ": " + whatAndWhatToDo, cause);
        this.what = whatAndWhatToDo;
        this.reason = reason;
        this.nodeId = nodeId;
        this.endpoint = endpoint;
    }

    /** How a node is called in every message. */
    static String describe(int nodeId, HostPort endpoint) {
        return nodeId < 0 ? "Bootstrap server " + endpoint : "Broker " + nodeId + " at " + endpoint;
    }

    /** The message without the name of the node. */
    String what() {
        return what;
    }

    public Reason reason() {
        return reason;
    }

    public int nodeId() {
        return nodeId;
    }

    public HostPort endpoint() {
        return endpoint;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
