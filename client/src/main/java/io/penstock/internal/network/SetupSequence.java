package io.penstock.internal.network;

import io.penstock.internal.network.ConnectionException.Reason;

/** The setup steps of one connection, one after the other; the connection is ready after the last. Loop only. */
final class SetupSequence extends ConnectionSetup {

    private final SetupStep[] steps;
    private int next;

    SetupSequence(Connection connection, ConnectionContext context, SetupStep... steps) {
        super(connection, context);
        this.steps = steps;
    }

    /** What the step under way waits for. */
    String waitingFor() {
        return next == 0 ? "nothing was asked" : steps[next - 1].waitingFor();
    }

    void abandon() {
        if (next > 0) {
            steps[next - 1].abandon();
        }
    }

    void begin(long nowNanos) {
        stepDone(nowNanos);
    }

    @Override
    public void stepDone(long nowNanos) {
        if (next < steps.length) {
            steps[next++].begin(this, nowNanos);
        } else {
            connection.onSetupDone(nowNanos);
        }
    }

    @Override
    public void negotiated(NegotiatedVersions versions) {
        connection.negotiated(versions);
    }

    @Override
    public void takeOver(long nowNanos) {
        // Nothing else is sent before the setup is done.
    }

    @Override
    public void sessionEnds(long lifetimeMs, long nowNanos) {
        connection.onSession(lifetimeMs, nowNanos);
    }

    @Override
    public void fail(Reason reason, String whatAndWhatToDo, long nowNanos) {
        connection.fail(reason, whatAndWhatToDo, null, nowNanos);
    }
}
