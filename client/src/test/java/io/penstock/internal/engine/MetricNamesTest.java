package io.penstock.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.cluster.ClusterTracker;
import io.penstock.internal.cluster.NoClusterListener;
import io.penstock.internal.config.MetadataSettings;
import io.penstock.internal.loop.ManualClock;
import io.penstock.internal.metrics.NetworkMetrics;
import io.penstock.internal.metrics.ProducerMetrics;
import io.penstock.internal.metrics.SampleWindows;
import io.penstock.internal.metrics.StageTimes;
import io.penstock.producer.MetricName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.internals.SenderMetricsRegistry;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups, names and tags are those that Apache's producer registers, and the stages' times. */
class MetricNamesTest {

    private static final int MAX_WAITS = 600;

    /** At every recording level, so there is no level for us to leave anything out at. */
    @ParameterizedTest
    @ValueSource(strings = {"INFO", "DEBUG", "TRACE"})
    void names_areApaches(String recordingLevel) throws IOException {
        Set<String> expected = theirs(recordingLevel);
        expected.addAll(stages());
        assertThat(ours()).isEqualTo(expected);
    }

    private static Set<String> stages() {
        Set<String> names = new TreeSet<>();
        for (String stage : List.of("admission", "accumulator", "in-flight", "throttle", "callback")) {
            for (String part : List.of("p50", "p95", "p99", "p999", "max")) {
                names.add(describe("producer-metrics", stage + "-time-ms-" + part, Set.of("client-id")));
            }
        }
        return names;
    }

    @Test
    void stages_areInTheDocuments() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "METRICS.md"));
        for (StageTimes.Stage stage : StageTimes.Stage.values()) {
            assertThat(page).contains("| `" + stage.label() + "-time-ms-");
        }
    }

    @Test
    void nodeTag_isWrittenAsApacheWritesIt() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                KafkaProducer<byte[], byte[]> producer = apache(server, "INFO")) {
            connect(producer);
            Set<String> tags = producer.metrics().keySet().stream()
                    .filter(name -> name.group().equals("producer-node-metrics"))
                    .map(name -> name.tags().get("node-id"))
                    .collect(Collectors.toSet());
            assertThat(tags).containsExactly("node--1");
        }
        assertThat(book().all().keySet())
                .anyMatch(name -> "node--1".equals(name.tags().get("node-id")));
    }

    private static Set<String> ours() {
        Set<String> names = new TreeSet<>();
        for (MetricName name : book().all().keySet()) {
            names.add(describe(name.group(), name.name(), name.tags().keySet()));
        }
        return names;
    }

    private static MetricBook book() {
        SampleWindows windows = new SampleWindows(2, 1_000);
        ProducerMetrics producer = new ProducerMetrics(windows);
        producer.onSent(new MeasuredBatch("t", 1, 100, 100, 61, 39, 0), 0);
        NetworkMetrics network = new NetworkMetrics(windows);
        network.node(-1);
        ClusterTracker tracker = new ClusterTracker(
                new MetadataSettings(1_000, 1_000, 100, 1_000, false, 1_000, false),
                new Random(1),
                new NoClusterListener());
        return new MetricBook(
                "c",
                MetricSources.of(List.of(producer), List.of(network), new PagePool(1 << 16), tracker),
                new ManualClock());
    }

    private static Set<String> theirs(String recordingLevel) throws IOException {
        Set<String> names = new TreeSet<>();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                KafkaProducer<byte[], byte[]> producer = apache(server, recordingLevel)) {
            connect(producer);
            producer.metrics()
                    .keySet()
                    .forEach(name -> names.add(
                            describe(name.group(), name.name(), name.tags().keySet())));
        }
        try (Metrics metrics = new Metrics()) {
            // Those of a topic are registered when a record goes to it, which takes a broker that answers.
            new SenderMetricsRegistry(metrics)
                    .allTemplates().stream()
                            .filter(template -> template.group().equals("producer-topic-metrics"))
                            .forEach(template -> {
                                Set<String> tags = new TreeSet<>(template.tags());
                                tags.add("client-id");
                                names.add(describe(template.group(), template.name(), tags));
                            });
        }
        return names;
    }

    /** A connection that is accepted and never answered registers the metrics of a node. */
    private static void connect(KafkaProducer<byte[], byte[]> producer) {
        for (int i = 0; i < MAX_WAITS; i++) {
            try {
                producer.partitionsFor("t");
            } catch (TimeoutException e) {
                // Only the time was wanted.
            }
            if (producer.metrics().keySet().stream()
                    .anyMatch(name -> name.group().equals("producer-node-metrics")
                            && name.name().equals("request-latency-max"))) {
                return; // Apache's own thread registers them one by one, and this one last
            }
        }
        throw new AssertionError("Apache's producer has not connected to a port that listens");
    }

    private static KafkaProducer<byte[], byte[]> apache(ServerSocket server, String recordingLevel) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", "127.0.0.1:" + server.getLocalPort());
        configs.put("metrics.recording.level", recordingLevel);
        configs.put("enable.metrics.push", false);
        configs.put("max.block.ms", 100);
        configs.put("request.timeout.ms", 500); // what close() waits for the server, which never answers
        configs.put("delivery.timeout.ms", 1_000);
        return new KafkaProducer<>(configs, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static String describe(String group, String name, Set<String> tags) {
        return group + " " + name + " " + new TreeSet<>(tags);
    }
}
