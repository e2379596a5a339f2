package io.penstock.internal.engine;

import io.penstock.internal.loop.Clock;
import io.penstock.internal.network.BuildVersion;
import io.penstock.producer.Metric;
import io.penstock.producer.MetricName;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What {@code metrics()} shows: all of {@link MetricTables}, for the producer, each broker and each topic.
 *
 * <p>Any thread. A metric stays the same object for as long as the producer lives. Brokers and topics that are new since the
 * last look are added by whoever looks, so the loop has no part in it. As in Kafka's producer, every metric belongs to the level
 * INFO, so {@code metrics.recording.level} leaves none out.
 */
final class MetricBook {

    private final String clientId;
    private final MetricSources sources;
    private final Clock clock;
    private final Map<MetricName, Metric> metrics = new ConcurrentHashMap<>();
    private final Map<MetricName, Metric> shown = Collections.unmodifiableMap(metrics);

    /** What has its metrics already; guarded by this book's lock, as many as the sources have. */
    private final Set<Object> known = new HashSet<>();

    MetricBook(String clientId, MetricSources sources, Clock clock) {
        this.clientId = clientId;
        this.sources = sources;
        this.clock = clock;
        Map<String, String> tags = Map.of("client-id", clientId);
        long startMillis = clock.currentTimeMillis();
        add("version", "app-info", "Version of this library", tags, () -> BuildVersion.VERSION);
        add("start-time-ms", "app-info", "When this producer was made, in Unix time", tags, () -> startMillis);
        add("count", "kafka-metrics-count", "How many metrics there are", tags, () -> (double) metrics.size());
        addAll("producer-metrics", tags, MetricTables.PRODUCER, sources);
    }

    /** A view that shows what this call found, and more after later calls. */
    synchronized Map<MetricName, Metric> all() {
        sources.network().nodes().forEach((nodeId, traffic) -> {
            if (known.add(nodeId)) {
                Map<String, String> tags = Map.of("client-id", clientId, "node-id", "node-" + nodeId);
                addAll("producer-node-metrics", tags, MetricTables.NODE, traffic);
            }
        });
        sources.producer().topics().forEach((topic, counted) -> {
            if (known.add(topic)) {
                Map<String, String> tags = Map.of("client-id", clientId, "topic", topic);
                addAll("producer-topic-metrics", tags, MetricTables.TOPIC, counted);
            }
        });
        return shown;
    }

    private <S> void addAll(String group, Map<String, String> tags, MetricRows<S> rows, S source) {
        for (MetricRows.Row<S> row : rows.all()) {
            add(row.name(), group, row.description(), tags, () -> row.reading().at(source, clock.nanoTime()));
        }
    }

    private void add(
            String name, String group, String description, Map<String, String> tags, Supplier<Object> reading) {
        MetricName key = new MetricName(name, group, description, tags);
        metrics.put(key, new EngineMetric(key, reading));
    }
}
