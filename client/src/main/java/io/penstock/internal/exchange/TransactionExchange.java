package io.penstock.internal.exchange;

import io.penstock.internal.loop.LoopDuty;
import io.penstock.internal.loop.Timer;
import io.penstock.internal.loop.Timers;
import io.penstock.internal.network.Connection;
import io.penstock.internal.network.Connections;
import io.penstock.internal.transaction.CoordinatorCommand;
import io.penstock.internal.transaction.CoordinatorLink;
import io.penstock.internal.transaction.TransactionMachine;
import io.penstock.internal.transaction.TransactionProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Makes the requests that the transaction machine wishes for, one at a time.
 *
 * <p>Loop only. Asks in every turn, which costs a few comparisons when nothing is wished for.
 */
public final class TransactionExchange implements LoopDuty, CoordinatorLink {

    /** The cluster-wide feature that decides between the protocols (KIP-890, KIP-584). */
    private static final String FEATURE = "transaction.version";

    private final TransactionMachine machine;
    private final Connections connections;
    private final Timers timers;
    private final ExchangeSettings settings;

    private final Timer wake = new Wake();

    public TransactionExchange(
            TransactionMachine machine, Connections connections, Timers timers, ExchangeSettings settings) {
        this.machine = machine;
        this.connections = connections;
        this.timers = timers;
        this.settings = settings;
    }

    @Override
    public boolean run(long nowNanos) {
        CoordinatorCommand command = machine.next(nowNanos);
        if (command == null) {
            scheduleRetry(nowNanos);
            return false;
        }
        Connection connection = connectionFor(command, nowNanos);
        if (connection == null || connection.isThrottled(nowNanos)) {
            scheduleRetry(nowNanos);
            return false; // a connection that becomes ready, and the end of a throttle, is a turn
        }
        CoordinatorCall.of(command, new CoordinatorCall.Way(machine, connection, connections))
                .send(settings, connections.nextCorrelationId(), nowNanos);
        scheduleRetry(nowNanos); // records may wait for a moment of their own
        return false;
    }

    private @Nullable Connection connectionFor(CoordinatorCommand command, long nowNanos) {
        int nodeId = machine.nodeOf(command);
        if (nodeId < 0) {
            return connections.leastLoaded(nowNanos);
        }
        Connection connection = connections.ready(nodeId, nowNanos);
        if (connection == null && (connections.isBackingOff(nodeId, nowNanos) || !connections.isKnown(nodeId))) {
            machine.onUnreachable(command, nowNanos);
        }
        return connection;
    }

    private void scheduleRetry(long nowNanos) {
        long retryAt = machine.retryAtNanos(nowNanos);
        if (retryAt != Long.MAX_VALUE && (!wake.isScheduled() || wake.deadlineNanos() != retryAt)) {
            timers.schedule(wake, retryAt);
        }
    }

    @Override
    public @Nullable TransactionProtocol protocolOf(int nodeId) {
        if (nodeId < 0) {
            return null;
        }
        Connection connection = connections.readyNow(nodeId);
        return connection == null
                ? null
                : TransactionProtocol.ofLevel(
                        connection.versions().finalizedFeatures().getOrDefault(FEATURE, (short) 0));
    }

    /** Brings about a turn. What waits for a fraction of a millisecond may be a transaction that takes no longer. */
    private final class Wake extends Timer {

        @Override
        protected boolean isPrecise() {
            return true;
        }

        @Override
        protected void onTimer(long nowNanos) {
            machine.onTime(nowNanos);
        }
    }
}
