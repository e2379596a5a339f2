package io.penstock.internal.engine;

import io.penstock.producer.Metric;
import io.penstock.producer.MetricName;
import java.util.function.Supplier;

/** One entry of {@code metrics()}; computes when it is read, on the reader's thread. */
record EngineMetric(MetricName metricName, Supplier<Object> reading) implements Metric {

    @Override
    public Object metricValue() {
        return reading.get();
    }

    @Override
    public String toString() {
        return metricName + "=" + metricValue();
    }
}
