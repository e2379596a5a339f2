package io.penstock.internal.engine;

import io.penstock.internal.metrics.Measure;
import io.penstock.internal.metrics.NetworkMetrics;
import io.penstock.internal.metrics.TrafficMetrics;
import io.penstock.internal.network.ConnectionMeter;
import io.penstock.internal.network.ConnectionMeters;
import io.penstock.internal.network.PollMeter;
import io.penstock.wire.message.ApiKey;

/** Counts what connections do, each for its node and for all, and where the time of looks for I/O goes. Loop only. */
final class NetworkMeters implements ConnectionMeters, PollMeter {

    private final NetworkMetrics metrics;
    private final boolean authenticates;

    /** @param authenticates whether connections do, by TLS or SASL */
    NetworkMeters(NetworkMetrics metrics, boolean authenticates) {
        this.metrics = metrics;
        this.authenticates = authenticates;
    }

    @Override
    public void onPoll(long waitNanos, long ioNanos, long nowNanos) {
        metrics.waitNanos().record(waitNanos, nowNanos);
        metrics.ioNanos().record(ioNanos, nowNanos);
    }

    @Override
    public ConnectionMeter of(int nodeId) {
        return new NodeMeter(metrics.node(nodeId));
    }

    private final class NodeMeter implements ConnectionMeter {

        private final TrafficMetrics all = metrics.all();
        private final TrafficMetrics node;

        NodeMeter(TrafficMetrics node) {
            this.node = node;
        }

        @Override
        public void onConnected(long nowNanos) {
            metrics.connectionsMade().record(1, nowNanos);
        }

        @Override
        public void onDisconnected(long nowNanos) {
            metrics.connectionsClosed().record(1, nowNanos);
        }

        @Override
        public void onRead(int bytes, long nowNanos) {
            if (bytes > 0) {
                all.incomingBytes().record(bytes, nowNanos);
                node.incomingBytes().record(bytes, nowNanos);
            }
        }

        @Override
        public void onWritten(long bytes, long nowNanos) {
            if (bytes > 0) {
                all.outgoingBytes().record(bytes, nowNanos);
                node.outgoingBytes().record(bytes, nowNanos);
            }
        }

        @Override
        public void onRequest(long sizeBytes, long nowNanos) {
            metrics.onInFlight(1);
            all.requestBytes().record(sizeBytes, nowNanos);
            node.requestBytes().record(sizeBytes, nowNanos);
        }

        @Override
        public void onResponse(ApiKey key, long latencyNanos, long nowNanos) {
            all.responses().record(1, nowNanos);
            node.responses().record(1, nowNanos);
            if (key == ApiKey.PRODUCE) {
                all.latencyNanos().record(latencyNanos, nowNanos);
                node.latencyNanos().record(latencyNanos, nowNanos);
            }
        }

        @Override
        public void onRequestEnded() {
            metrics.onInFlight(-1);
        }

        @Override
        public void onAnswerUnusable() {
            metrics.onInFlight(1);
        }

        @Override
        public void onReady(long nowNanos) {
            if (authenticates) {
                metrics.authentication().successes().record(1, nowNanos);
                metrics.authentication().notRenewed().record(1, nowNanos);
            }
        }

        @Override
        public void onRefused(boolean renewal, long nowNanos) {
            Measure failures = renewal
                    ? metrics.authentication().failedRenewals()
                    : metrics.authentication().failures();
            failures.record(1, nowNanos);
        }

        @Override
        public void onRenewed(long latencyNanos, long nowNanos) {
            metrics.authentication().renewalNanos().record(latencyNanos, nowNanos);
        }
    }
}
