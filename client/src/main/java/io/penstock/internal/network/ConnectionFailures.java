package io.penstock.internal.network;

import io.penstock.internal.config.HostPort;
import io.penstock.internal.network.ConnectionException.Reason;
import org.jspecify.annotations.Nullable;

/** Why a connection to this node cannot be made or goes on no longer: the kind, and the words of {@link LinkEnd}. Immutable. */
record ConnectionFailures(int nodeId, HostPort endpoint) {

    ConnectionException of(Reason reason, String whatAndWhatToDo, @Nullable Throwable cause) {
        return new ConnectionException(reason, nodeId, endpoint, whatAndWhatToDo, cause);
    }

    ConnectionException connectFailed(Throwable cause) {
        boolean refused = cause instanceof LinkFailure failure && failure.isRefused();
        return of(refused ? Reason.TLS_REFUSED : Reason.CONNECT_FAILED, LinkEnd.connectFailed(cause), cause);
    }

    /** @param progress how far a link came that is more than a socket; empty for a socket */
    ConnectionException connectTimeout(String progress) {
        return of(Reason.SETUP_TIMEOUT, LinkEnd.connectTimeout(progress), null);
    }

    ConnectionException setupTimeout(String waitingFor, long timeoutNanos) {
        return of(Reason.SETUP_TIMEOUT, LinkEnd.setupTimeout(waitingFor, timeoutNanos), null);
    }

    ConnectionException requestTimeout(OutboundRequest late, int inFlightCount) {
        return of(Reason.REQUEST_TIMEOUT, LinkEnd.requestTimeout(late, inFlightCount), null);
    }

    ConnectionException idle() {
        return of(Reason.IDLE, "closed because nothing was sent for connections.max.idle.ms", null);
    }

    /**
     * The link is gone.
     *
     * @param unheard whether it was being set up and the peer had said nothing yet
     * @param cause null when the peer has closed it
     */
    ConnectionException lost(
            boolean unheard,
            LinkEnd.Progress progress,
            FrameReader reader,
            ConnectionRequests requests,
            @Nullable Throwable cause) {
        if (cause instanceof LinkFailure failure && failure.isRefused()) {
            return of(Reason.TLS_REFUSED, LinkEnd.why(failure), failure);
        }
        return unheard
                ? of(Reason.NOT_KAFKA, LinkEnd.beforeAnswer(cause), cause)
                : of(Reason.LOST, LinkEnd.lost(progress, reader, requests.oldest(), requests.count(), cause), cause);
    }

    /** Bytes that make no sense; from a peer that has not been understood before, it is no Kafka broker. */
    ConnectionException senseless(boolean setupDone, String what, Throwable cause) {
        return of(setupDone ? Reason.MALFORMED : Reason.NOT_KAFKA, what, cause);
    }

    /** A response that its handler could not use. */
    ConnectionException unusable(boolean setupDone, OutboundRequest request, Throwable cause) {
        String what = "its response to " + request.key() + " version " + request.version() + " cannot be used: ";
        return senseless(setupDone, what + LinkEnd.why(cause), cause);
    }
}
