package io.penstock.internal.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.producer.Metric;
import io.penstock.producer.MetricName;
import io.penstock.wire.compress.CompressionType;
import io.penstock.wire.message.GetTelemetrySubscriptionsResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.shaded.io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import org.apache.kafka.shaded.io.opentelemetry.proto.metrics.v1.MetricsData;
import org.apache.kafka.shaded.io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import org.junit.jupiter.api.Test;

/** Read back by the OTLP classes that Kafka's own client carries. */
class MetricPayloadTest {

    private static final Map<String, String> TAGS = Map.of("client-id", "me", "node-id", "node-1");
    private final MetricPayload payload = new MetricPayload(Map.of("client_rack", "r1"), 1_000);

    private record Fixed(MetricName metricName, Object metricValue) implements Metric {}

    private static Metric metric(String group, String name, Object value, Map<String, String> tags) {
        return new Fixed(new MetricName(name, group, "", tags), value);
    }

    private static Subscription subscription(boolean delta, int maxBytes, String... prefixes) {
        return new Subscription(7, List.of(prefixes), CompressionType.NONE, 1_000, maxBytes, delta);
    }

    private List<org.apache.kafka.shaded.io.opentelemetry.proto.metrics.v1.Metric> encode(
            Subscription subscription, long nowMillis, Metric... metrics) throws Exception {
        MetricsData data = MetricsData.parseFrom(payload.encode(List.of(metrics), subscription, nowMillis));
        assertThat(data.getResourceMetricsCount()).isEqualTo(1);
        assertThat(data.getResourceMetrics(0).getResource().getAttributes(0).getKey())
                .isEqualTo("client_rack");
        assertThat(data.getResourceMetrics(0)
                        .getResource()
                        .getAttributes(0)
                        .getValue()
                        .getStringValue())
                .isEqualTo("r1");
        return data.getResourceMetrics(0).getScopeMetrics(0).getMetricsList();
    }

    @Test
    void encode_namesAndTagsThemAsKafkaDoes() throws Exception {
        var metrics = encode(
                subscription(false, 10_000, "*"), 5_000, metric("producer-node-metrics", "request-rate", 2.5, TAGS));
        assertThat(metrics).singleElement().satisfies(metric -> {
            assertThat(metric.getName()).isEqualTo("org.apache.kafka.producer.node.request.rate");
            NumberDataPoint point = metric.getGauge().getDataPoints(0);
            assertThat(point.getAsDouble()).isEqualTo(2.5);
            assertThat(point.getTimeUnixNano()).isEqualTo(5_000_000_000L);
            assertThat(point.getAttributesList()).singleElement().satisfies(tag -> {
                assertThat(tag.getKey()).isEqualTo("node_id");
                assertThat(tag.getValue().getStringValue()).isEqualTo("node-1");
            });
        });
    }

    @Test
    void encode_totalsAreSums_sinceTheStartOrSinceTheLastPush() throws Exception {
        Metric[] totals = {metric("producer-metrics", "record-send-total", 10.0, Map.of())};
        var sum = encode(subscription(false, 10_000, ""), 5_000, totals).get(0).getSum();
        assertThat(sum.getIsMonotonic()).isTrue();
        assertThat(sum.getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        assertThat(sum.getDataPoints(0).getStartTimeUnixNano()).isEqualTo(1_000_000_000L);
        assertThat(sum.getDataPoints(0).getAsDouble()).isEqualTo(10.0);
        payload.reset();
        Subscription delta = subscription(true, 10_000, "");
        assertThat(encode(delta, 6_000, totals).get(0).getSum().getDataPoints(0).getAsDouble())
                .isEqualTo(10.0);
        var second = encode(delta, 8_000, metric("producer-metrics", "record-send-total", 13.0, Map.of()))
                .get(0)
                .getSum();
        assertThat(second.getAggregationTemporality()).isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
        assertThat(second.getDataPoints(0).getAsDouble()).isEqualTo(3.0);
        assertThat(second.getDataPoints(0).getStartTimeUnixNano()).isEqualTo(6_000_000_000L);
    }

    @Test
    void encode_leavesOutTextsAndAveragesOfNothing_andWhatIsNotWanted() throws Exception {
        var metrics = encode(
                subscription(false, 10_000, "org.apache.kafka.producer.", "org.apache.kafka.app.info.start"),
                5_000,
                metric("producer-metrics", "batch-size-avg", Double.NaN, Map.of()),
                metric("app-info", "version", "1", Map.of()),
                metric("app-info", "start-time-ms", 77L, Map.of()),
                metric("kafka-metrics-count", "count", 3.0, Map.of()),
                metric("producer-metrics", "metadata-age", 1.0, Map.of()));
        assertThat(metrics)
                .extracting(org.apache.kafka.shaded.io.opentelemetry.proto.metrics.v1.Metric::getName)
                .containsExactly("org.apache.kafka.app.info.start.time.ms", "org.apache.kafka.producer.metadata.age");
        assertThat(metrics.get(0).getGauge().getDataPoints(0).getAsInt()).isEqualTo(77);
    }

    @Test
    void encode_stopsAtWhatTheBrokerTakes_topicsLast() throws Exception {
        List<Metric> many = new ArrayList<>();
        for (int topic = 0; topic < 1_000; topic++) {
            many.add(metric(
                    "producer-topic-metrics", "byte-rate", 1.0, Map.of("client-id", "me", "topic", "t" + topic)));
        }
        many.add(metric("producer-metrics", "request-rate", 1.0, Map.of("client-id", "me")));
        byte[] encoded = payload.encode(many, subscription(false, 5_000, "*"), 5_000);
        assertThat(encoded).hasSizeBetween(4_000, 5_000);
        assertThat(MetricsData.parseFrom(encoded)
                        .getResourceMetrics(0)
                        .getScopeMetrics(0)
                        .getMetrics(0)
                        .getName())
                .isEqualTo("org.apache.kafka.producer.request.rate");
    }

    @Test
    void subscription_takesTheBrokersFirstKnownCompression_andASaneInterval() {
        GetTelemetrySubscriptionsResponse response = new GetTelemetrySubscriptionsResponse()
                .subscriptionId(3)
                .requestedMetrics(List.of("a."))
                .acceptedCompressionTypes(new byte[] {99, -1, 4, 1})
                .pushIntervalMs(-5)
                .telemetryMaxBytes(1_000);
        Subscription taken = Subscription.of(response);
        assertThat(taken.compression()).isEqualTo(CompressionType.ZSTD);
        assertThat(taken.intervalMillis()).isEqualTo(100);
        assertThat(taken.wants("a.b")).isTrue();
        assertThat(taken.wants("b.a.")).isFalse();
        assertThat(Subscription.of(response.acceptedCompressionTypes(new byte[0]))
                        .compression())
                .isEqualTo(CompressionType.NONE);
    }
}
