package io.penstock.internal.network;

/** What a connection tells {@link Connections}; the calls of its end come around those of the requests in flight. */
interface ConnectionOwner {

    void onReady(Connection connection, long nowNanos);

    /**
     * It is closed; the requests in flight on it are told after this and may ask for another connection.
     *
     * @return whether {@link #onClosed} is wanted
     */
    boolean onClosing(Connection connection, Throwable cause, boolean wasReady, long nowNanos);

    /** The requests in flight have been told. */
    void onClosed(Connection connection, Throwable cause, boolean wasReady, long nowNanos);

    void onCapacity(Connection connection, long nowNanos);

    /** A request after the setup was answered. */
    void onAnswered();

    /** Whether any connection has ever been answered a request after its setup. */
    boolean hasAnswered();

    /** Unique among the requests of the loop's connections for a long time. */
    int nextCorrelationId();

    /** It has requests to write; {@link Connection#flush} is wanted before the loop sleeps, once. */
    void onUnflushed(Connection connection);
}
