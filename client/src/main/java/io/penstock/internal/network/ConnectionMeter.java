package io.penstock.internal.network;

import io.penstock.wire.message.ApiKey;

/** Hears what one connection does, for whoever measures. Called on the loop; must be short. */
public interface ConnectionMeter {

    ConnectionMeter NONE = new ConnectionMeter() {

        @Override
        public void onConnected(long nowNanos) {}

        @Override
        public void onDisconnected(long nowNanos) {}

        @Override
        public void onRead(int bytes, long nowNanos) {}

        @Override
        public void onWritten(long bytes, long nowNanos) {}

        @Override
        public void onRequest(long sizeBytes, long nowNanos) {}

        @Override
        public void onResponse(ApiKey key, long latencyNanos, long nowNanos) {}

        @Override
        public void onRequestEnded() {}

        @Override
        public void onAnswerUnusable() {}

        @Override
        public void onReady(long nowNanos) {}

        @Override
        public void onRefused(boolean renewal, long nowNanos) {}

        @Override
        public void onRenewed(long latencyNanos, long nowNanos) {}
    };

    void onConnected(long nowNanos);

    /** Only after {@link #onConnected}, once. */
    void onDisconnected(long nowNanos);

    void onRead(int bytes, long nowNanos);

    void onWritten(long bytes, long nowNanos);

    /** A request is taken, to be written at the end of this turn; the setup's own are requests too. */
    void onRequest(long sizeBytes, long nowNanos);

    /** A request was answered. Told before its handler, so that whoever the handler wakes finds it measured. */
    void onResponse(ApiKey key, long latencyNanos, long nowNanos);

    /**
     * A request is over: answered, and then told before its handler; written when no answer is expected; or lost. Once for each
     * {@link #onRequest} and each {@link #onAnswerUnusable}.
     */
    void onRequestEnded();

    /** The handler could not use the answer: the request is under way again, until it ends as lost. */
    void onAnswerUnusable();

    /** The setup is done, authentication included. */
    void onReady(long nowNanos);

    /**
     * TLS or SASL failed over who one side is.
     *
     * @param renewal whether the connection had been ready
     */
    void onRefused(boolean renewal, long nowNanos);

    /** A SASL session was renewed, which took so long. */
    void onRenewed(long latencyNanos, long nowNanos);
}
