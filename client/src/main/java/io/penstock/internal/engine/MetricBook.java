package io.penstock.internal.engine;

import io.penstock.internal.loop.Clock;
import io.penstock.internal.metrics.NetworkMetrics;
import io.penstock.internal.metrics.Parts;
import io.penstock.internal.metrics.TopicMetrics;
import io.penstock.internal.metrics.TrafficMetrics;
import io.penstock.internal.network.BuildVersion;
import io.penstock.producer.Metric;
import io.penstock.producer.MetricName;
import io.penstock.producer.MetricsReporter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code metrics()} shows: all of {@link MetricTables}, for the producer, each broker and each topic.
 *
 * <p>Any thread. A metric stays the same object for as long as the producer lives. Brokers and topics that are new since the
 * last look are added by whoever looks, which is the callback thread where there are reporters; never the loop. As in Kafka's
 * producer, every metric belongs to the level INFO, so {@code metrics.recording.level} leaves none out.
 */
final class MetricBook {

    private static final Logger LOG = LoggerFactory.getLogger(MetricBook.class);

    private final String clientId;
    private final MetricSources sources;
    private final Clock clock;
    private final Map<MetricName, Metric> metrics = new ConcurrentHashMap<>();
    private final Map<MetricName, Metric> shown = Collections.unmodifiableMap(metrics);

    private final long startMillis;

    /** Guarded by this book's lock; filled once. */
    private final List<MetricsReporter> reporters = new ArrayList<>();

    /** Guarded by this book's lock. */
    private boolean filled;

    /** Set before the metrics that are there are looked for, and read after one more is there, so that none is told by nobody. */
    private volatile boolean reporting;

    /** What has its metrics already; guarded by this book's lock, as many as the sources have. */
    private final Set<Object> known = new HashSet<>();

    MetricBook(String clientId, MetricSources sources, Clock clock) {
        this.clientId = clientId;
        this.sources = sources;
        this.clock = clock;
        this.startMillis = clock.currentTimeMillis();
    }

    /** Not before somebody asks: a hundred ways to read a metric take a tenth of the time of a cold start to make. */
    private void fill() {
        if (filled) {
            return;
        }
        filled = true;
        Map<String, String> tags = Map.of("client-id", clientId);
        add("commit-id", "app-info", "Commit this library was built from", tags, () -> BuildVersion.COMMIT);
        add("version", "app-info", "Version of this library", tags, () -> BuildVersion.VERSION);
        add("start-time-ms", "app-info", "When this producer was made, in Unix time", tags, () -> startMillis);
        add("count", "kafka-metrics-count", "How many metrics there are", tags, () -> (double) metrics.size());
        addAll("producer-metrics", tags, MetricTables.PRODUCER, sources);
    }

    /** Has reporters told of new metrics on the thread that {@code later} runs things on. Before the loop starts. */
    void watch(Executor later) {
        Watch watch = new Watch(later);
        for (NetworkMetrics loop : sources.network().all()) {
            loop.onNewNode(watch);
        }
        sources.callers().onNewTopic(watch);
    }

    /** Called on the loop that has found something new. */
    private final class Watch implements Runnable {
        private final Executor later;

        Watch(Executor later) {
            this.later = later;
        }

        @Override
        public void run() {
            if (reporting) {
                later.execute(MetricBook.this::all);
            }
        }
    }

    /** Tells these of all metrics, now and from now on. Once, on any thread. */
    synchronized void report(List<MetricsReporter> to) {
        fill();
        List<Metric> all = List.copyOf(metrics.values());
        to.forEach(reporter -> reporter.init(all));
        reporters.addAll(to);
        reporting = !to.isEmpty();
        all();
    }

    /** A view that shows what this call found, and more after later calls. */
    synchronized Map<MetricName, Metric> all() {
        fill();
        for (NetworkMetrics loop : sources.network().all()) {
            loop.nodes().keySet().forEach(this::addNode);
        }
        sources.callers().topics().keySet().forEach(this::addTopic);
        return shown;
    }

    private void addNode(Integer nodeId) {
        if (known.add(nodeId)) {
            Map<String, String> tags = Map.of("client-id", clientId, "node-id", "node-" + nodeId);
            Parts<TrafficMetrics> traffic =
                    sources.network().map(loop -> loop.nodes().get(nodeId));
            addAll("producer-node-metrics", tags, MetricTables.NODE, traffic);
        }
    }

    private void addTopic(String topic) {
        if (known.add(topic)) {
            Map<String, String> tags = Map.of("client-id", clientId, "topic", topic);
            Parts<TopicMetrics> counted =
                    sources.producer().map(loop -> loop.topics().get(topic));
            addAll("producer-topic-metrics", tags, MetricTables.TOPIC, counted);
        }
    }

    private <S> void addAll(String group, Map<String, String> tags, MetricRows<S> rows, S source) {
        for (MetricRows.Row<S> row : rows.all()) {
            add(row.name(), group, row.description(), tags, () -> row.reading().at(source, clock.nanoTime()));
        }
    }

    private void add(
            String name, String group, String description, Map<String, String> tags, Supplier<Object> reading) {
        MetricName key = new MetricName(name, group, description, tags);
        Metric metric = new EngineMetric(key, reading);
        metrics.put(key, metric);
        for (MetricsReporter reporter : reporters) {
            try {
                reporter.metricChange(metric);
            } catch (RuntimeException e) {
                LOG.warn(
                        "{} failed to take in the metric {}",
                        reporter.getClass().getName(),
                        key,
                        e);
            }
        }
    }
}
