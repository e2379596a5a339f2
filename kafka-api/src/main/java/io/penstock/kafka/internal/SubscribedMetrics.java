package io.penstock.kafka.internal;

import io.penstock.producer.KafkaProducer;
import io.penstock.producer.Metric;
import io.penstock.producer.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;

/** The application's own metrics, for the brokers (KIP-1076). Any thread; the engine keeps them, by name. */
public final class SubscribedMetrics {

    private final KafkaProducer<?, ?> producer;

    public SubscribedMetrics(KafkaProducer<?, ?> producer) {
        this.producer = producer;
    }

    private record Bridged(MetricName metricName, KafkaMetric metric) implements Metric {
        @Override
        public Object metricValue() {
            return metric.metricValue();
        }
    }

    public void add(KafkaMetric metric) {
        producer.registerMetricForSubscription(bridged(metric));
    }

    public void remove(KafkaMetric metric) {
        producer.unregisterMetricFromSubscription(bridged(metric));
    }

    private static Metric bridged(KafkaMetric metric) {
        org.apache.kafka.common.MetricName name = metric.metricName();
        return new Bridged(new MetricName(name.name(), name.group(), name.description(), name.tags()), metric);
    }
}
