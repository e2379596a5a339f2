package io.penstock.internal.network;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Says what the end of a link means, from how far things had come; the broker's name is put in front. */
final class LinkEnd {

    private LinkEnd() {}

    static String connectFailed(Throwable cause) {
        if (cause instanceof LinkFailure) {
            return why(cause);
        }
        return "connecting failed (" + why(cause) + "); check that the broker runs and that host and port are reachable"
                + " from here";
    }

    /** @param progress how far a link came that is more than a socket; empty for a socket */
    static String connectTimeout(String progress) {
        if (!progress.isEmpty()) {
            return progress + " within the time that socket.connection.setup.timeout.ms allows";
        }
        return "connecting took longer than socket.connection.setup.timeout.ms allows; check that host and port are"
                + " reachable from here: a firewall that drops packets looks like this";
    }

    static String setupTimeout(String waitingFor, long timeoutNanos) {
        return "connected, but " + waitingFor + " within " + millis(timeoutNanos)
                + " ms; it is overloaded, or it"
                + " waits for another protocol (TLS?): check security.protocol and the port";
    }

    static String requestTimeout(OutboundRequest late, int inFlightCount) {
        String happened = late.isWritten()
                ? "did not answer " + late.key()
                : "did not take all bytes of " + late.key() + " (" + late.remainingBytes() + " of " + late.sizeBytes()
                        + " left)";
        return happened + " within " + millis(late.timeoutNanos()) + " ms; the connection is closed with "
                + inFlightCount + " request(s) in flight";
    }

    /** The end came before any byte of an answer to the first request of the handshake. */
    static String beforeAnswer(@Nullable Throwable cause) {
        return "closed the connection" + because(cause)
                + " without answering ApiVersions; a listener that expects TLS"
                + " does that (check security.protocol and the port), and so does a server that is no Kafka"
                + " broker";
    }

    /** How far things had come when a link ended. */
    enum Progress {
        SETUP,
        /** Set up, and no broker has ever answered this producer more than ApiVersions. */
        NEVER_ANSWERED,
        ESTABLISHED;

        /**
         * A listener that requires SASL closes politely on the first request, and has never answered anything but ApiVersions.
         *
         * @param known whether brokers are known to serve this producer
         */
        static Progress of(boolean ready, boolean known) {
            if (!ready) {
                return SETUP;
            }
            return known ? ESTABLISHED : NEVER_ANSWERED;
        }
    }

    static String lost(
            Progress progress,
            FrameReader reader,
            @Nullable OutboundRequest oldest,
            int inFlightCount,
            @Nullable Throwable cause) {
        String closed = "closed the connection" + because(cause);
        if (reader.isMidFrame()) {
            return closed + " in the middle of a response, after " + reader.progress();
        }
        if (progress == Progress.SETUP) {
            return closed + " during the handshake";
        }
        if (progress == Progress.NEVER_ANSWERED && cause == null && oldest != null) {
            return closed + " on the first request after the handshake (" + oldest.key() + "); a listener that requires"
                    + " SASL does that: check security.protocol and the port";
        }
        return closed + " with " + inFlightCount + " request(s) in flight";
    }

    static String why(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    private static String because(@Nullable Throwable cause) {
        return cause == null ? "" : " (" + why(cause) + ")";
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
