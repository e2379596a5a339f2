package io.penstock.internal.engine;

import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.cluster.ClusterTracker;
import io.penstock.internal.metrics.NetworkMetrics;
import io.penstock.internal.metrics.Parts;
import io.penstock.internal.metrics.ProducerMetrics;
import io.penstock.internal.metrics.StageFigures;
import java.util.List;

/**
 * Where the metrics of the whole producer are read off.
 *
 * @param producer of each loop; what callers count stands in the first
 * @param network of each loop
 */
record MetricSources(
        Parts<ProducerMetrics> producer, Parts<NetworkMetrics> network, PagePool pool, ClusterTracker tracker) {

    static MetricSources of(
            List<ProducerMetrics> producer, List<NetworkMetrics> network, PagePool pool, ClusterTracker tracker) {
        return new MetricSources(() -> producer, () -> network, pool, tracker);
    }

    ProducerMetrics callers() {
        return producer.all().get(0);
    }

    StageFigures stages() {
        return new StageFigures(producer.map(ProducerMetrics::stages));
    }

    long requestsInFlight() {
        return network.all().stream().mapToInt(NetworkMetrics::requestsInFlight).sum();
    }

    /** The mean size of a record as it lies in its batch, before compression; NaN when none was sent lately. */
    double averageRecordBytes(long nowNanos) {
        long records = producer.sum(ProducerMetrics::batchRecords).sum(nowNanos);
        return records == 0
                ? Double.NaN
                : (double) producer.sum(ProducerMetrics::rawRecordBytes).sum(nowNanos) / records;
    }

    /** NaN before the cluster has told anything. */
    double metadataAgeSeconds(long nowNanos) {
        Long at = tracker.refreshedAtNanos();
        return at == null ? Double.NaN : Math.max(0, nowNanos - at) / 1e9;
    }
}
