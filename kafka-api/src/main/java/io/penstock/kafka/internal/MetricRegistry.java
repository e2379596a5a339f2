package io.penstock.kafka.internal;

import io.penstock.producer.Metric;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.KafkaMetricsContext;
import org.apache.kafka.common.metrics.Measurable;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.utils.Time;

/**
 * Apache's registry of metrics, filled with the engine's: it tells the reporters, JMX among them, as it would for Apache's producer.
 * Any thread.
 */
public final class MetricRegistry implements AutoCloseable {

    /** Apache's registry has its own metric of how many there are. */
    private static final String COUNT_GROUP = "kafka-metrics-count";

    private final Metrics metrics;

    MetricRegistry(ProducerConfig config, String clientId) {
        MetricConfig metricConfig = new MetricConfig()
                .samples(config.getInt(ProducerConfig.METRICS_NUM_SAMPLES_CONFIG))
                .timeWindow(config.getLong(ProducerConfig.METRICS_SAMPLE_WINDOW_MS_CONFIG), TimeUnit.MILLISECONDS)
                .recordLevel(
                        Sensor.RecordingLevel.forName(config.getString(ProducerConfig.METRICS_RECORDING_LEVEL_CONFIG)))
                .tags(Map.of("client-id", clientId));
        metrics = new Metrics(
                metricConfig,
                CommonClientConfigs.metricsReporters(clientId, config),
                Time.SYSTEM,
                new KafkaMetricsContext(
                        "kafka.producer", config.originalsWithPrefix(CommonClientConfigs.METRICS_CONTEXT_PREFIX)));
    }

    void add(Metric metric) {
        io.penstock.producer.MetricName name = metric.metricName();
        if (name.group().equals(COUNT_GROUP)) {
            return;
        }
        MetricName theirs = new MetricName(name.name(), name.group(), name.description(), name.tags());
        if (metric.metricValue() instanceof Double) {
            metrics.addMetric(theirs, (Measurable) (config, now) -> (Double) metric.metricValue());
        } else {
            metrics.addMetric(theirs, (Gauge<Object>) (config, now) -> metric.metricValue());
        }
    }

    List<MetricsReporter> reporters() {
        return metrics.reporters();
    }

    public Map<MetricName, KafkaMetric> all() {
        return metrics.metrics();
    }

    @Override
    public void close() {
        metrics.close();
    }
}
