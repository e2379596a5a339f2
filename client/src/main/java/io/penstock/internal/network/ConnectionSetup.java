package io.penstock.internal.network;

/** How a step reaches its connection, whether that is being set up or authenticated anew. Loop only. */
abstract class ConnectionSetup implements SetupStep.Setup {

    final Connection connection;
    final ConnectionContext context;

    ConnectionSetup(Connection connection, ConnectionContext context) {
        this.connection = connection;
        this.context = context;
    }

    @Override
    public final int nodeId() {
        return connection.nodeId();
    }

    @Override
    public final void authenticated(String client) {
        connection.authenticatedAs(client);
    }

    @Override
    public final long timeoutNanos() {
        return context.requestTimeoutNanos();
    }

    @Override
    public final NegotiatedVersions versions() {
        return connection.versions();
    }

    @Override
    public final int nextCorrelationId() {
        return context.owner().nextCorrelationId();
    }

    @Override
    public final void send(OutboundRequest request, long nowNanos) {
        connection.submit(request, nowNanos);
        connection.flush(nowNanos);
    }

    @Override
    public final void throttleUntil(long untilNanos) {
        connection.throttleUntil(untilNanos);
    }
}
