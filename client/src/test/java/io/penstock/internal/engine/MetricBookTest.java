package io.penstock.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.cluster.ClusterTracker;
import io.penstock.internal.cluster.NoClusterListener;
import io.penstock.internal.config.MetadataSettings;
import io.penstock.internal.loop.ManualClock;
import io.penstock.internal.metrics.NetworkMetrics;
import io.penstock.internal.metrics.ProducerMetrics;
import io.penstock.internal.metrics.SampleWindows;
import io.penstock.internal.network.ConnectionMeter;
import io.penstock.producer.Metric;
import io.penstock.producer.MetricName;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.MetadataResponse;
import io.penstock.wire.message.MetadataResponse.MetadataResponseBroker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Every number of {@code metrics()}, from events made by hand on a clock moved by hand. */
class MetricBookTest {

    private static final Map<String, String> TAGS = Map.of("client-id", "c");

    private final ManualClock clock = new ManualClock();
    private final SampleWindows windows = new SampleWindows(2, TimeUnit.SECONDS.toNanos(30));
    private final ProducerMetrics producer = new ProducerMetrics(windows);
    private final NetworkMetrics network = new NetworkMetrics(windows);
    private final PagePool pool = new PagePool(1 << 20);
    private final ClusterTracker tracker = new ClusterTracker(
            new MetadataSettings(
                    TimeUnit.HOURS.toNanos(1),
                    TimeUnit.HOURS.toNanos(1),
                    100,
                    1_000,
                    false,
                    TimeUnit.HOURS.toNanos(1),
                    false),
            new Random(1),
            new NoClusterListener());
    private final MetricBook book =
            new MetricBook("c", MetricSources.of(List.of(producer), List.of(network), pool, tracker), clock);

    private long now() {
        return clock.nanoTime();
    }

    private Object value(String group, String name, Map<String, String> tags) {
        Metric metric = book.all().get(new MetricName(name, group, "", tags));
        assertThat(metric).as(group + " " + name + " " + tags).isNotNull();
        return metric.metricValue();
    }

    private double producerValue(String name) {
        return (double) value("producer-metrics", name, TAGS);
    }

    private double topicValue(String name, String topic) {
        return (double) value("producer-topic-metrics", name, Map.of("client-id", "c", "topic", topic));
    }

    private double nodeValue(String name, int node) {
        return (double) value("producer-node-metrics", name, Map.of("client-id", "c", "node-id", "node-" + node));
    }

    @Test
    void batches_areCountedWhenTheyAreSent() {
        long queued = TimeUnit.MILLISECONDS.toNanos(4);
        producer.onSent(new MeasuredBatch("t", 10, 561, 1_061, 61, 300, queued), now());
        producer.onSent(new MeasuredBatch("u", 30, 361, 361, 61, 20, 3 * queued), now());
        producer.onRequest(40, now());
        producer.onRequest(10, now());
        clock.advanceMillis(20_000);

        assertThat(producerValue("batch-size-avg")).isEqualTo((561 + 361) / 2.0);
        assertThat(producerValue("batch-size-max")).isEqualTo(561);
        assertThat(producerValue("compression-rate-avg")).isCloseTo(0.75, within(1e-6));
        assertThat(producerValue("record-queue-time-avg")).isCloseTo(8, within(1e-6));
        assertThat(producerValue("record-queue-time-max")).isCloseTo(12, within(1e-6));
        assertThat(producerValue("record-size-avg")).isEqualTo(1_300 / 40.0);
        assertThat(producerValue("record-size-max")).isEqualTo(300);
        assertThat(producerValue("records-per-request-avg")).isEqualTo(25);
        assertThat(producerValue("record-send-total")).isEqualTo(50);
        assertThat(producerValue("record-send-rate")).isCloseTo(1, within(1e-9));

        assertThat(topicValue("record-send-total", "t")).isEqualTo(10);
        assertThat(topicValue("record-send-rate", "u")).isCloseTo(0.6, within(1e-9));
        assertThat(topicValue("byte-total", "t")).isEqualTo(561);
        assertThat(topicValue("byte-rate", "t")).isCloseTo(561 / 50.0, within(1e-9));
        assertThat(topicValue("compression-rate", "t")).isCloseTo(0.5, within(1e-6));
        assertThat(topicValue("compression-rate", "u")).isCloseTo(1, within(1e-6));
    }

    @Test
    void severalLoops_areReadAsOne() {
        ProducerMetrics other = new ProducerMetrics(windows, producer);
        NetworkMetrics otherNetwork = new NetworkMetrics(windows);
        MetricSources both = MetricSources.of(List.of(producer, other), List.of(network, otherNetwork), pool, tracker);
        producer.onSent(new MeasuredBatch("t", 10, 561, 1_061, 61, 300, 0), now());
        producer.onRequest(10, now());
        clock.advanceMillis(10_000);
        other.onSent(new MeasuredBatch("t", 30, 361, 361, 61, 20, 0), now());
        other.onSent(new MeasuredBatch("theirs", 1, 99, 99, 61, 20, 0), now());
        other.onRequest(31, now());
        other.stages().onTaken(TimeUnit.MILLISECONDS.toNanos(8), 30, now());
        producer.stages().onTaken(TimeUnit.MILLISECONDS.toNanos(2), 10, now());
        producer.onRefused("theirs", now()); // by a caller, who counts with the first loop
        network.node(1).responses().record(1, now());
        otherNetwork.node(1).responses().record(1, now());
        otherNetwork.node(2).responses().record(1, now());
        network.onInFlight(2);
        otherNetwork.onInFlight(3);
        clock.advanceMillis(10_000);
        Map<String, Double> values = new HashMap<>();
        Map<MetricName, Metric> later = new MetricBook("c", both, clock).all();
        later.forEach((name, metric) -> {
            if (metric.metricValue() instanceof Double value) {
                values.put(name.name() + String.join("", name.tags().values()), value);
            }
        });

        assertThat(values.get("record-send-totalc")).isEqualTo(41);
        assertThat(values.get("record-send-ratec")).isCloseTo(41 / 50.0, within(1e-9));
        assertThat(values.get("batch-size-avgc")).isEqualTo((561 + 361 + 99) / 3.0);
        assertThat(values.get("batch-size-maxc")).isEqualTo(561);
        assertThat(values.get("requests-in-flightc")).isEqualTo(5);
        assertThat(values.get("accumulator-time-ms-p50c")).isCloseTo(8, within(0.2));
        assertThat(values.get("accumulator-time-ms-maxc")).isCloseTo(8, within(1e-6));
        assertThat(later.keySet())
                .filteredOn(name ->
                        name.name().equals("record-error-total") && name.tags().size() == 2)
                .hasSize(2);
        assertThat(topicOf(later, "record-send-total", "t")).isEqualTo(40);
        assertThat(topicOf(later, "record-error-total", "theirs")).isEqualTo(1);
        assertThat(later.keySet())
                .filteredOn(name -> name.name().equals("response-total"))
                .hasSize(3);
    }

    private static double topicOf(Map<MetricName, Metric> all, String name, String topic) {
        Metric metric =
                all.get(new MetricName(name, "producer-topic-metrics", "", Map.of("client-id", "c", "topic", topic)));
        assertThat(metric).as(name + " of " + topic).isNotNull();
        return (double) metric.metricValue();
    }

    @Test
    void failuresAndRetries_ofLoopAndCallers_addUp() {
        producer.onSent(new MeasuredBatch("t", 1, 100, 100, 61, 39, 0), now());
        producer.onFailed("t", 3, now());
        producer.onRefused("t", now());
        producer.onFailed("never sent to", 5, now());
        producer.onRefused("never sent to", now());
        producer.onRetried("t", 7, now());
        producer.onSplit(now());
        clock.advanceMillis(20_000);

        assertThat(producerValue("record-error-total")).isEqualTo(10);
        assertThat(producerValue("record-error-rate")).isCloseTo(0.2, within(1e-9));
        assertThat(producerValue("record-retry-total")).isEqualTo(7);
        assertThat(producerValue("record-retry-rate")).isCloseTo(0.14, within(1e-9));
        assertThat(producerValue("batch-split-total")).isEqualTo(1);
        assertThat(producerValue("batch-split-rate")).isCloseTo(0.02, within(1e-9));
        assertThat(topicValue("record-error-total", "t")).isEqualTo(4);
        assertThat(topicValue("record-error-rate", "t")).isCloseTo(0.08, within(1e-9));
        assertThat(topicValue("record-retry-total", "t")).isEqualTo(7);
        assertThat(topicValue("record-retry-rate", "t")).isCloseTo(0.14, within(1e-9));
        assertThat(book.all().keySet())
                .noneMatch(name -> "never sent to".equals(name.tags().get("topic")));
    }

    @Test
    void memory_isReadOffThePool() {
        assertThat(producerValue("buffer-total-bytes")).isEqualTo(1 << 20);
        assertThat(producerValue("buffer-available-bytes")).isEqualTo(1 << 20);
        assertThat(producerValue("waiting-threads")).isZero();

        producer.onBufferExhausted(now());
        producer.onBufferWait(TimeUnit.SECONDS.toNanos(10), now());
        clock.advanceMillis(20_000);
        assertThat(producerValue("buffer-exhausted-total")).isEqualTo(1);
        assertThat(producerValue("buffer-exhausted-rate")).isCloseTo(0.02, within(1e-9));
        assertThat(producerValue("bufferpool-wait-time-ns-total")).isEqualTo(1e10);
        assertThat(producerValue("bufferpool-wait-ratio")).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void traffic_isCountedForItsNodeAndForAll() {
        NetworkMeters meters = new NetworkMeters(network, false);
        ConnectionMeter one = meters.of(1);
        ConnectionMeter bootstrap = meters.of(-1);
        bootstrap.onConnected(now());
        one.onConnected(now());
        bootstrap.onRequest(20, now());
        bootstrap.onWritten(20, now());
        bootstrap.onRead(60, now());
        bootstrap.onResponse(ApiKey.METADATA, 99, now());
        bootstrap.onRequestEnded();
        one.onRequest(100, now());
        one.onRequest(300, now());
        one.onWritten(400, now());
        one.onWritten(0, now());
        one.onRead(0, now());
        one.onRead(40, now());
        one.onResponse(ApiKey.PRODUCE, TimeUnit.MILLISECONDS.toNanos(30), now());
        one.onRequestEnded();
        bootstrap.onDisconnected(now());
        clock.advanceMillis(20_000);

        assertThat(nodeValue("request-total", 1)).isEqualTo(2);
        assertThat(nodeValue("request-rate", 1)).isCloseTo(2 / 50.0, within(1e-9));
        assertThat(nodeValue("request-size-avg", 1)).isEqualTo(200);
        assertThat(nodeValue("request-size-max", 1)).isEqualTo(300);
        assertThat(nodeValue("outgoing-byte-total", 1)).isEqualTo(400);
        assertThat(nodeValue("outgoing-byte-rate", 1)).isCloseTo(8, within(1e-9));
        assertThat(nodeValue("incoming-byte-total", 1)).isEqualTo(40);
        assertThat(nodeValue("incoming-byte-rate", 1)).isCloseTo(0.8, within(1e-9));
        assertThat(nodeValue("response-total", 1)).isEqualTo(1);
        assertThat(nodeValue("response-rate", 1)).isCloseTo(0.02, within(1e-9));
        assertThat(nodeValue("request-latency-avg", 1)).isCloseTo(30, within(1e-6));
        assertThat(nodeValue("request-latency-max", 1)).isCloseTo(30, within(1e-6));
        assertThat(nodeValue("request-latency-avg", -1))
                .as("only produce requests count")
                .isNaN();

        assertThat(producerValue("request-total")).isEqualTo(3);
        assertThat(producerValue("request-size-max")).isEqualTo(300);
        assertThat(producerValue("request-latency-max")).isCloseTo(30, within(1e-6));
        assertThat(producerValue("response-total")).isEqualTo(2);
        assertThat(producerValue("outgoing-byte-total")).isEqualTo(420);
        assertThat(producerValue("incoming-byte-total")).isEqualTo(100);
        assertThat(producerValue("network-io-total")).isEqualTo(4);
        assertThat(producerValue("network-io-rate")).isCloseTo(4 / 50.0, within(1e-9));
        assertThat(producerValue("requests-in-flight")).isEqualTo(1);
        assertThat(producerValue("connection-creation-total")).isEqualTo(2);
        assertThat(producerValue("connection-creation-rate")).isCloseTo(0.04, within(1e-9));
        assertThat(producerValue("connection-close-total")).isEqualTo(1);
        assertThat(producerValue("connection-close-rate")).isCloseTo(0.02, within(1e-9));
        assertThat(producerValue("connection-count")).isEqualTo(1);
    }

    @Test
    void timesAndTurns_areTakenAsTheyAreTold() {
        producer.onThrottle(0, now());
        producer.onThrottle(50, now());
        producer.onTurn(now());
        producer.onMetadataWait(5);
        producer.onMetadataWait(6);
        producer.onFlush(7);
        clock.advanceMillis(20_000);

        assertThat(producerValue("produce-throttle-time-avg")).isEqualTo(25);
        assertThat(producerValue("produce-throttle-time-max")).isEqualTo(50);
        assertThat(producerValue("select-total")).isEqualTo(1);
        assertThat(producerValue("select-rate")).isCloseTo(0.02, within(1e-9));
        assertThat(producerValue("metadata-wait-time-ns-total")).isEqualTo(11);
        assertThat(producerValue("flush-time-ns-total")).isEqualTo(7);
        assertThat(producerValue("txn-commit-time-ns-total")).isZero();
    }

    @Test
    void metadataAge_isThatOfTheLastFullAnswer() {
        assertThat(producerValue("metadata-age")).isNaN();
        tracker.refresh("test", now());
        answer();
        clock.advanceMillis(2_500);
        assertThat(producerValue("metadata-age")).isCloseTo(2.5, within(1e-9));

        tracker.want("t", now());
        answer();
        assertThat(producerValue("metadata-age"))
                .as("an answer for one topic says nothing of the others")
                .isCloseTo(2.5, within(1e-9));
    }

    private void answer() {
        List<String> asked = tracker.nextRequest(now());
        assertThat(asked).isNotNull();
        MetadataResponse response = new MetadataResponse()
                .clusterId("c")
                .brokers(
                        List.of(new MetadataResponseBroker().nodeId(1).host("h").port(9092)))
                .topics(List.of());
        tracker.onResponse(response, asked, now());
    }

    @Test
    void values_areAllDoubles_butForTheAppInfo() {
        producer.onSent(new MeasuredBatch("t", 1, 100, 100, 61, 39, 0), now());
        network.node(1);
        Map<String, Object> others = new HashMap<>();
        book.all().forEach((name, metric) -> {
            assertThat(metric.metricName()).isEqualTo(name);
            assertThat(name.description()).isNotBlank();
            if (!(metric.metricValue() instanceof Double)) {
                others.put(name.name(), metric.metricValue());
            }
        });
        assertThat(others)
                .containsOnlyKeys("version", "start-time-ms", "commit-id")
                .containsEntry("start-time-ms", 1_700_000_000_000L);
        assertThat(value("kafka-metrics-count", "count", TAGS))
                .isEqualTo((double) book.all().size());
    }

    @Test
    void metrics_stayTheSameObjects() {
        producer.onSent(new MeasuredBatch("t", 1, 100, 100, 61, 39, 0), now());
        Map<MetricName, Metric> before = new HashMap<>(book.all());
        producer.onSent(new MeasuredBatch("u", 1, 100, 100, 61, 39, 0), now());
        Map<MetricName, Metric> after = book.all();
        assertThat(after.size()).isGreaterThan(before.size());
        before.forEach((name, metric) -> assertThat(after.get(name)).isSameAs(metric));
    }
}
