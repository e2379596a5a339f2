package io.penstock.internal.telemetry;

import io.penstock.producer.Metric;
import io.penstock.producer.MetricName;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Metrics as OTLP's {@code MetricsData}, under the names that Kafka's producer gives them there: group and name with dots, behind
 * {@code org.apache.kafka}, so that {@code producer-node-metrics request-rate} is {@code org.apache.kafka.producer.node.request.rate}.
 *
 * <pre>
 * MetricsData 1 ResourceMetrics
 *   1 Resource      1 KeyValue (transactional_id, client_rack)
 *   2 ScopeMetrics  2 Metric: 1 name, 5 Gauge or 7 Sum (2 temporality, 3 monotonic)
 *     1 NumberDataPoint: 2 start, 3 time (nanoseconds since 1970), 4 double or 6 long, 7 KeyValue
 * </pre>
 *
 * <p>A name that ends in {@code -total} is a sum. One call at a time; what the last sums were is kept for brokers that want
 * differences, one number for each metric there is.
 *
 * @see <a href="https://github.com/open-telemetry/opentelemetry-proto">the format</a>
 */
final class MetricPayload {

    private static final String PREFIX = "org.apache.kafka.";
    /** For one more metric and what is around all of them: a topic has at most 249 characters. */
    private static final int ROOM_BYTES = 1_000;

    private static final int DELTA = 1;
    private static final int CUMULATIVE = 2;
    private static final String CLIENT_ID_TAG = "client-id"; // the broker knows it from the request

    private final Map<String, String> resource;
    private final long startMillis;
    private final Map<MetricName, Double> lastSums = new HashMap<>();
    private long lastMillis;

    MetricPayload(Map<String, String> resource, long startMillis) {
        this.resource = new TreeMap<>(resource);
        this.startMillis = startMillis;
        this.lastMillis = startMillis;
    }

    /** Those whose names begin as the subscription says; the producer's own first, and no more than the broker takes. */
    byte[] encode(Collection<? extends Metric> metrics, Subscription subscription, long nowMillis) {
        List<? extends Metric> wanted = metrics.stream()
                .filter(metric -> subscription.wants(nameOf(metric.metricName())))
                .sorted(Comparator.comparing(
                        (Metric metric) -> metric.metricName().tags().size()))
                .toList();
        ProtobufWriter scope = new ProtobufWriter();
        for (Metric metric : wanted) {
            if (scope.sizeBytes() + ROOM_BYTES > subscription.maxBytes()) {
                break;
            }
            write(scope, metric, subscription.delta(), nowMillis);
        }
        lastMillis = nowMillis;
        ProtobufWriter attributes = new ProtobufWriter();
        resource.forEach((key, value) -> attributes.message(1, keyValue(key, value)));
        ProtobufWriter all = new ProtobufWriter().message(1, attributes).message(2, scope);
        return new ProtobufWriter().message(1, all).toByteArray();
    }

    /** A new subscription begins its differences anew. */
    void reset() {
        lastSums.clear();
        lastMillis = startMillis;
    }

    static String nameOf(MetricName name) {
        return PREFIX + dotted(name.group()).replace(".metrics", "") + "." + dotted(name.name());
    }

    private static String dotted(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '.');
    }

    private void write(ProtobufWriter scope, Metric metric, boolean delta, long nowMillis) {
        Object value = metric.metricValue();
        if (!(value instanceof Number number) || (value instanceof Double real && !Double.isFinite(real))) {
            return; // texts, and averages of nothing
        }
        MetricName name = metric.metricName();
        boolean isSum = name.name().endsWith("-total");
        ProtobufWriter point = new ProtobufWriter();
        if (isSum) {
            point.fixed64(2, nanos(delta ? lastMillis : startMillis));
        }
        point.fixed64(3, nanos(nowMillis));
        if (isSum) {
            double total = number.doubleValue();
            Double before = delta ? lastSums.put(name, total) : null;
            point.real(4, before == null ? total : total - before);
        } else if (number instanceof Long || number instanceof Integer) {
            point.fixed64(6, number.longValue());
        } else {
            point.real(4, number.doubleValue());
        }
        new TreeMap<>(name.tags()).forEach((tag, text) -> {
            if (!tag.equals(CLIENT_ID_TAG)) {
                point.message(7, keyValue(tag.toLowerCase(Locale.ROOT).replace('-', '_'), text));
            }
        });
        ProtobufWriter data = new ProtobufWriter().message(1, point);
        if (isSum) {
            data.varint(2, delta ? DELTA : CUMULATIVE).varint(3, 1);
        }
        scope.message(2, new ProtobufWriter().text(1, nameOf(name)).message(isSum ? 7 : 5, data));
    }

    private static ProtobufWriter keyValue(String key, String value) {
        return new ProtobufWriter().text(1, key).message(2, new ProtobufWriter().text(1, value));
    }

    private static long nanos(long millis) {
        return millis * 1_000_000;
    }
}
