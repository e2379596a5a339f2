package io.penstock.producer;

import java.util.List;

/**
 * Is told of every metric of a producer, to show it elsewhere ({@code metric.reporters}).
 *
 * <p>Told, in this order: its settings, the context, the metrics that there are, each one that comes later, and in the end that the
 * producer is closed. Values are read whenever the reporter likes: {@link Metric#metricValue()} never blocks. {@link #metricChange}
 * is called on the producer's callback thread and should be quick; what it throws is logged and goes no further.
 */
public interface MetricsReporter extends Configurable, AutoCloseable {
    /** The metrics that there are when the producer starts. */
    void init(List<Metric> metrics);

    /** One more: the first of a topic or of a broker, for instance. */
    void metricChange(Metric metric);

    /** A metric that is no more. A producer's metrics stay until it is closed, so it calls this for none of its own. */
    void metricRemoval(Metric metric);

    /** Before {@link #init}. */
    default void contextChange(MetricsContext context) {}

    /** The producer is closed. Called once. */
    @Override
    void close();
}
