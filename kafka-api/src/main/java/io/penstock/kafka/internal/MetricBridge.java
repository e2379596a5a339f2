package io.penstock.kafka.internal;

import io.penstock.producer.ClusterResource;
import io.penstock.producer.ClusterResourceListener;
import io.penstock.producer.Metric;
import io.penstock.producer.MetricsReporter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Brings the engine's metrics into Apache's registry, from which the user's reporters hear of them. Created by the engine. */
public final class MetricBridge implements MetricsReporter, ClusterResourceListener {

    private @Nullable ProducerPlugins<?, ?> plugins;

    @Override
    public void configure(Map<String, ?> configs) {
        plugins = ProducerPlugins.of(configs);
    }

    @Override
    public void init(List<Metric> metrics) {
        metrics.forEach(this::metricChange);
    }

    @Override
    public void metricChange(Metric metric) {
        Objects.requireNonNull(plugins, "not configured").add(metric);
    }

    /** For all of the user's classes that want to know it, as the engine knows few of them. */
    @Override
    public void onUpdate(ClusterResource clusterResource) {
        Objects.requireNonNull(plugins, "not configured").onCluster(clusterResource.clusterId());
    }

    @Override
    public void metricRemoval(Metric metric) {}

    @Override
    public void close() {}
}
