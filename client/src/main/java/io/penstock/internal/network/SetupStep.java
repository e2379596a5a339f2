package io.penstock.internal.network;

/**
 * One exchange that must succeed before a connection carries requests: ApiVersions, later SASL. One object for each
 * connection. Loop only.
 */
interface SetupStep {

    /** Sends its first request through the setup, which it tells when it is done or has failed. */
    void begin(Setup setup, long nowNanos);

    /** The connection, as a step sees it. */
    interface Setup {

        int nodeId();

        /** How long a request of the setup may take. */
        long timeoutNanos();

        /** Sends a request of the setup at once; its handler is told as on a ready connection. */
        void send(OutboundRequest request, long nowNanos);

        int nextCorrelationId();

        void negotiated(NegotiatedVersions versions);

        void throttleUntil(long untilNanos);

        /** This step is done; the next one begins, or the connection is ready. */
        void stepDone(long nowNanos);

        /** The connection cannot be used and is closed. */
        void fail(ConnectionException.Reason reason, String whatAndWhatToDo, long nowNanos);
    }
}
