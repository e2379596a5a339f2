package io.penstock.internal.network;

/**
 * One exchange that must succeed before a connection carries requests: ApiVersions, then SASL. One object for each
 * connection. Loop only.
 */
interface SetupStep {

    /** Sends its first request through the setup, which it tells when it is done or has failed. */
    void begin(Setup setup, long nowNanos);

    /** What has not happened yet, for the message of a setup that takes too long: {@code did not answer ApiVersions}. */
    String waitingFor();

    /** The connection is closed, or the step is not wanted any more. Idempotent. */
    default void abandon() {}

    /** Nothing to do. */
    SetupStep NONE = new SetupStep() {

        @Override
        public void begin(Setup setup, long nowNanos) {
            setup.stepDone(nowNanos);
        }

        @Override
        public String waitingFor() {
            return "nothing was asked";
        }
    };

    /** The connection, as a step sees it. */
    interface Setup {

        int nodeId();

        /** How long a request of the setup may take. */
        long timeoutNanos();

        /** Sends a request of the setup at once; its handler is told as on a ready connection. */
        void send(OutboundRequest request, long nowNanos);

        int nextCorrelationId();

        void negotiated(NegotiatedVersions versions);

        /** What was negotiated. */
        NegotiatedVersions versions();

        /** From here to the end of the step the broker takes nothing else on this connection. */
        void takeOver(long nowNanos);

        /** The broker knows this client now: as whom and by which mechanism, in words. */
        void authenticated(String client);

        /** The session that this step begins lasts so long from now, and has to be renewed before. */
        void sessionEnds(long lifetimeMs, long nowNanos);

        void throttleUntil(long untilNanos);

        /** This step is done; the next one begins, or the connection is ready. */
        void stepDone(long nowNanos);

        /** The connection cannot be used and is closed. */
        void fail(ConnectionException.Reason reason, String whatAndWhatToDo, long nowNanos);
    }
}
