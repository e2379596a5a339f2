package io.penstock.internal.engine;

import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.cluster.ClusterTracker;
import io.penstock.internal.metrics.NetworkMetrics;
import io.penstock.internal.metrics.ProducerMetrics;

/** Where the metrics of the whole producer are read off. */
record MetricSources(ProducerMetrics producer, NetworkMetrics network, PagePool pool, ClusterTracker tracker) {

    /** NaN before the cluster has told anything. */
    double metadataAgeSeconds(long nowNanos) {
        Long at = tracker.refreshedAtNanos();
        return at == null ? Double.NaN : Math.max(0, nowNanos - at) / 1e9;
    }
}
