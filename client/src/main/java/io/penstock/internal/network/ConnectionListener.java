package io.penstock.internal.network;

/** What happens to connections, for the engine. Called on the loop; may call {@link Connections} back. */
public interface ConnectionListener {

    /** It carries requests from now on. */
    void onReady(Connection connection, long nowNanos);

    /**
     * A connection could not be made (to any address of the node), or one that was ready is gone. Every request that was
     * in flight on it has been told before. The node may be connected to again from {@link Connections#retryAtNanos}.
     *
     * @param cause a {@link ConnectionException} with the reason, or what was given to {@link Connection#close}
     */
    void onClosed(int nodeId, Throwable cause, boolean wasReady, long nowNanos);

    /** A response came, a request without one was written, or a throttle ended: more may be sent. */
    void onCapacity(Connection connection, long nowNanos);
}
