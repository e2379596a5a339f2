package io.penstock.testkit.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.producer.KafkaProducer;
import io.penstock.producer.Metric;
import io.penstock.producer.MetricName;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.ByteArraySerializer;
import io.penstock.testkit.EmbeddedKafka;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same records through Penstock and through Apache's producer, and then what {@code metrics()} of each says. */
class ProducerMetricsIT {

    private static final int RECORDS = 500;
    private static final int TIMEOUT_SECONDS = 60;
    private static final int STAGE_METRICS = 25;
    private static final String TOPIC = "measured";
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.builder().start();
        kafka.createTopic(TOPIC, 3, Map.of());
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void metrics_afterTheSameRecords_haveTheSameNamesAndTotals() throws Exception {
        Map<String, Object> theirs = apaches();
        Map<String, Object> ours = new TreeMap<>();
        long began = System.nanoTime();
        try (var producer =
                new KafkaProducer<byte[], byte[]>(configs(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                producer.send(new ProducerRecord<>(TOPIC, key(i), value(i)));
            }
            producer.flush();
            producer.metrics().forEach((name, metric) -> ours.put(text(name), metric.metricValue()));
            assertThat(producer.metrics().values())
                    .extracting(Metric::metricName)
                    .doesNotHaveDuplicates();
        }
        double elapsedNanos = System.nanoTime() - began;

        Set<String> missing = new TreeSet<>(theirs.keySet());
        missing.removeAll(ours.keySet());
        missing.removeIf(
                name -> name.contains(" io-") || name.contains("authentication") || name.contains("commit-id"));
        assertThat(missing).isEmpty();
        Set<String> more = new TreeSet<>(ours.keySet());
        more.removeAll(theirs.keySet());
        assertThat(more)
                .as("what Kafka does not measure: the time spent in each stage")
                .hasSize(STAGE_METRICS)
                .allMatch(name -> name.contains("-time-ms-"));

        for (String same : Set.of(
                "producer-metrics record-send-total {client-id=measuring}",
                "producer-metrics record-error-total {client-id=measuring}",
                "producer-metrics record-retry-total {client-id=measuring}",
                "producer-metrics batch-split-total {client-id=measuring}",
                "producer-metrics buffer-exhausted-total {client-id=measuring}",
                "producer-metrics compression-rate-avg {client-id=measuring}",
                "producer-metrics requests-in-flight {client-id=measuring}",
                "producer-metrics waiting-threads {client-id=measuring}",
                "producer-metrics txn-init-time-ns-total {client-id=measuring}",
                "producer-topic-metrics record-send-total {client-id=measuring, topic=measured}",
                "producer-topic-metrics record-error-total {client-id=measuring, topic=measured}",
                "producer-topic-metrics compression-rate {client-id=measuring, topic=measured}")) {
            assertThat(ours.get(same)).as(same).isEqualTo(theirs.get(same));
        }
        assertThat((double) ours.get("producer-metrics buffer-total-bytes {client-id=measuring}"))
                .as("a sixteenth is for records that wait")
                .isEqualTo((double) theirs.get("producer-metrics buffer-total-bytes {client-id=measuring}") * 15 / 16);
        // The connection to the bootstrap server is closed once the brokers are known; Apache's producer keeps it.
        assertThat(ours.get("producer-metrics connection-count {client-id=measuring}"))
                .isEqualTo(1.0);
        double bytes = (double) ours.get("producer-topic-metrics byte-total {client-id=measuring, topic=measured}");
        assertThat((double) ours.get("producer-metrics outgoing-byte-total {client-id=measuring}"))
                .isGreaterThan(bytes);
        assertThat((double) ours.get("producer-metrics request-latency-max {client-id=measuring}"))
                .isPositive()
                .isLessThan(elapsedNanos / 1e6);
        assertThat((double) ours.get("producer-metrics record-queue-time-max {client-id=measuring}"))
                .isNotNegative()
                .isLessThan(elapsedNanos / 1e6);
        assertThat((double) ours.get("producer-metrics flush-time-ns-total {client-id=measuring}"))
                .isPositive()
                .isLessThan(elapsedNanos);
        assertThat((double) ours.get("producer-metrics metadata-wait-time-ns-total {client-id=measuring}"))
                .isPositive()
                .isLessThan(elapsedNanos);
        assertThat((double) ours.get("producer-metrics metadata-age {client-id=measuring}"))
                .isNotNegative()
                .isLessThan(elapsedNanos / 1e9);
        // A record here is 7 bytes of overhead at most, and its key and value.
        assertThat((double) ours.get("producer-metrics record-size-avg {client-id=measuring}"))
                .isBetween(100.0, 120.0);
        assertThat((double) ours.get("producer-metrics record-size-max {client-id=measuring}"))
                .isBetween(100.0, 120.0);
    }

    private static Map<String, Object> apaches() throws Exception {
        Map<String, Object> configs = configs();
        configs.put("enable.metrics.push", false);
        var serializer = new org.apache.kafka.common.serialization.ByteArraySerializer();
        Map<String, Object> values = new TreeMap<>();
        try (var producer = new org.apache.kafka.clients.producer.KafkaProducer<>(configs, serializer, serializer)) {
            for (int i = 0; i < RECORDS; i++) {
                var record =
                        new org.apache.kafka.clients.producer.ProducerRecord<byte[], byte[]>(TOPIC, key(i), value(i));
                var sent = producer.send(record);
                if (i == RECORDS - 1) {
                    sent.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                }
            }
            producer.flush();
            producer.metrics()
                    .forEach((name, metric) -> values.put(
                            name.group() + " " + name.name() + " " + new TreeMap<>(name.tags()), metric.metricValue()));
        }
        return values;
    }

    private static String text(MetricName name) {
        return name.group() + " " + name.name() + " " + new TreeMap<>(name.tags());
    }

    private static Map<String, Object> configs() {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", kafka.bootstrapServers());
        configs.put("client.id", "measuring");
        return configs;
    }

    private static byte[] key(int i) {
        return String.valueOf(i).getBytes(UTF_8);
    }

    private static byte[] value(int i) {
        return String.valueOf(i).repeat(100).substring(0, 100).getBytes(UTF_8);
    }
}
