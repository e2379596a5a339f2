package io.penstock.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.penstock.producer.Metric;
import io.penstock.producer.MetricName;
import io.penstock.producer.Producer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A producer's metrics as meters, under the names that Micrometer's own binder gives to those of Kafka's producer: {@code
 * kafka.producer.record.send.total}, {@code kafka.producer.node.request.rate}, with the tags {@code client.id}, {@code node.id} and
 * {@code topic}. Totals are counters, everything else is a gauge.
 *
 * <pre>{@code
 * try (PenstockMetrics metrics = new PenstockMetrics(producer)) {
 *     metrics.bindTo(registry);
 *     ...
 * }
 * }</pre>
 *
 * <p>Looks for new brokers and topics every so often, on a thread of its own. {@link #close} ends it and takes every meter out of
 * every registry again. Any thread; guarded by its own lock. As many meters as the producer has metrics.
 */
public final class PenstockMetrics implements MeterBinder, AutoCloseable {

    private static final Duration REFRESH = Duration.ofSeconds(10);

    private final Producer<?, ?> producer;
    private final Iterable<Tag> tags;
    private final Map<MeterRegistry, Map<MetricName, Meter>> bound = new HashMap<>();
    private final ScheduledExecutorService refresher;
    private boolean closed;

    public PenstockMetrics(Producer<?, ?> producer) {
        this(producer, List.of(), REFRESH);
    }

    /**
     * @param tags on every meter
     * @param refresh how often to look for brokers and topics that are new
     */
    public PenstockMetrics(Producer<?, ?> producer, Iterable<Tag> tags, Duration refresh) {
        this.producer = producer;
        this.tags = tags;
        this.refresher = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "penstock-micrometer");
            thread.setDaemon(true);
            return thread;
        });
        long nanos = refresh.toNanos();
        var unused = refresher.scheduleWithFixedDelay(this::refresh, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** @throws IllegalStateException when this is closed */
    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        if (closed) {
            throw new IllegalStateException("These metrics are closed; make a new binder for the producer");
        }
        bind(registry, bound.computeIfAbsent(registry, r -> new HashMap<>()));
    }

    private synchronized void refresh() {
        if (!closed) {
            bound.forEach(this::bind);
        }
    }

    private void bind(MeterRegistry registry, Map<MetricName, Meter> meters) {
        producer.metrics().forEach((name, metric) -> {
            if (!meters.containsKey(name) && metric.metricValue() instanceof Number) {
                meters.put(name, meter(registry, name, metric));
            }
        });
    }

    private Meter meter(MeterRegistry registry, MetricName name, Metric metric) {
        List<Tag> own = name.tags().entrySet().stream()
                .map(tag -> Tag.of(dotted(tag.getKey()), tag.getValue()))
                .toList();
        String meter = "kafka." + dotted(name.group()).replace(".metrics", "") + "." + dotted(name.name());
        if (name.name().endsWith("-total")) {
            return FunctionCounter.builder(meter, metric, PenstockMetrics::read)
                    .description(name.description())
                    .tags(own)
                    .tags(tags)
                    .register(registry);
        }
        return Gauge.builder(meter, metric, PenstockMetrics::read)
                .description(name.description())
                .tags(own)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private static double read(Metric metric) {
        return ((Number) metric.metricValue()).doubleValue();
    }

    private static String dotted(String name) {
        return name.replace('-', '.');
    }

    /** Leaves nothing behind: not a meter, not a thread. Before or after the producer's own close. */
    @Override
    public synchronized void close() {
        closed = true;
        refresher.shutdownNow();
        bound.forEach((registry, meters) -> meters.values().forEach(registry::remove));
        bound.clear();
    }
}
