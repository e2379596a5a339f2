package io.penstock.producer;

/** A number, or seldom a text, that the producer keeps about itself. Reading it never blocks; any thread may. */
public interface Metric {
    MetricName metricName();

    /** The value at this moment: a {@code Double} in most cases. */
    Object metricValue();
}
