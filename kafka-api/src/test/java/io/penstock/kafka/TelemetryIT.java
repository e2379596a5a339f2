package io.penstock.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.testkit.EmbeddedKafka;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.telemetry.ClientTelemetry;
import org.apache.kafka.server.telemetry.ClientTelemetryPayload;
import org.apache.kafka.server.telemetry.ClientTelemetryReceiver;
import org.apache.kafka.shaded.io.opentelemetry.proto.metrics.v1.Metric;
import org.apache.kafka.shaded.io.opentelemetry.proto.metrics.v1.MetricsData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A broker with a telemetry plug-in gets the same metrics from both producers (KIP-714, KIP-1076). */
class TelemetryIT {

    private static final long TIMEOUT_SECONDS = 60;
    private static EmbeddedKafka kafka;

    private record Pushed(String clientId, Uuid instance, boolean terminating, List<Metric> metrics) {
        Set<String> names() {
            return metrics.stream().map(Metric::getName).collect(Collectors.toSet());
        }
    }

    /** What the broker's plug-in was handed. */
    private static final Queue<Pushed> PUSHED = new ConcurrentLinkedQueue<>();

    /** The plug-in. */
    public static class Collector implements MetricsReporter, ClientTelemetry, ClientTelemetryReceiver {
        @Override
        public ClientTelemetryReceiver clientReceiver() {
            return this;
        }

        @Override
        public void exportMetrics(AuthorizableRequestContext context, ClientTelemetryPayload payload) {
            try {
                ByteBuffer data = payload.data();
                byte[] bytes = new byte[data.remaining()];
                data.duplicate().get(bytes);
                List<Metric> metrics = new ArrayList<>();
                MetricsData.parseFrom(bytes).getResourceMetricsList().forEach(resource -> resource.getScopeMetricsList()
                        .forEach(scope -> metrics.addAll(scope.getMetricsList())));
                PUSHED.add(
                        new Pushed(context.clientId(), payload.clientInstanceId(), payload.isTerminating(), metrics));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public void init(List<KafkaMetric> metrics) {}

        @Override
        public void metricChange(KafkaMetric metric) {}

        @Override
        public void metricRemoval(KafkaMetric metric) {}

        @Override
        public void close() {}
    }

    @BeforeAll
    static void startBroker() throws Exception {
        kafka = EmbeddedKafka.builder()
                .config("metric.reporters", Collector.class.getName())
                .start();
        kafka.createTopic("told", 1, Map.of());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            ConfigResource subscription = new ConfigResource(ConfigResource.Type.CLIENT_METRICS, "all");
            Collection<AlterConfigOp> set = List.of(
                    new AlterConfigOp(
                            new ConfigEntry("metrics", "org.apache.kafka.producer.,org.apache.kafka.my."),
                            AlterConfigOp.OpType.SET),
                    new AlterConfigOp(new ConfigEntry("interval.ms", "100"), AlterConfigOp.OpType.SET));
            admin.incrementalAlterConfigs(Map.of(subscription, set)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
        awaitSubscription();
    }

    /** What the controller knows the broker knows a little later; a client that asks before then asks again after minutes. */
    private static void awaitSubscription() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        for (int asked = 1; PUSHED.isEmpty(); asked++) {
            assertThat(System.nanoTime() - deadline)
                    .as("time for a subscription")
                    .isNegative();
            try (Producer<String, String> first = Side.APACHE.strings(
                    kafka.bootstrapServers(), "client.id", "first-" + asked, "enable.metrics.push", true)) {
                long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
                first.partitionsFor("told");
                while (PUSHED.isEmpty() && System.nanoTime() - patience < 0) {
                    Thread.sleep(10);
                }
            }
        }
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    private static Pushed await(String what, Predicate<Pushed> wanted) throws InterruptedException {
        Await.until(
                () -> what + ", among "
                        + PUSHED.stream()
                                .map(p -> p.clientId + p.names().size())
                                .toList(),
                Duration.ofSeconds(TIMEOUT_SECONDS),
                () -> PUSHED.stream().anyMatch(wanted));
        return PUSHED.stream().filter(wanted).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void broker_getsWhatItAsksFor_andOfPenstockALastPush(Side side) throws Exception {
        String clientId = "told-by-" + side;
        Uuid id;
        MetricName own = new MetricName("size", "my-metrics", "", Map.of("my-tag", "v"));
        KafkaMetric metric = new KafkaMetric(
                new Object(), own, (Gauge<Double>) (config, now) -> 42.0, new MetricConfig(), Time.SYSTEM);
        try (Producer<String, String> producer =
                side.strings(kafka.bootstrapServers(), "client.id", clientId, "enable.metrics.push", true)) {
            producer.send(new ProducerRecord<>("told", "v")).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            id = producer.clientInstanceId(Duration.ofSeconds(TIMEOUT_SECONDS));
            assertThat(producer.clientInstanceId(Duration.ZERO)).isEqualTo(id).isNotEqualTo(Uuid.ZERO_UUID);
            producer.registerMetricForSubscription(metric);
            Pushed pushed = await(
                    "a push with all",
                    each -> each.clientId.equals(clientId)
                            && each.names().contains("org.apache.kafka.my.size")
                            && each.names().contains("org.apache.kafka.producer.topic.record.send.total"));
            assertThat(pushed.instance).isEqualTo(id);
            assertThat(pushed.names())
                    .contains(
                            "org.apache.kafka.producer.request.latency.max",
                            "org.apache.kafka.producer.connection.creation.total",
                            "org.apache.kafka.producer.node.request.latency.avg",
                            "org.apache.kafka.producer.record.queue.time.avg")
                    .noneMatch(name -> name.contains("app.info"));
            assertThat(pushed.metrics).anySatisfy(each -> {
                assertThat(each.getName()).isEqualTo("org.apache.kafka.my.size");
                assertThat(each.getGauge().getDataPoints(0).getAsDouble()).isEqualTo(42.0);
                assertThat(each.getGauge().getDataPoints(0).getAttributes(0).getKey())
                        .isEqualTo("my_tag");
            });
            producer.unregisterMetricFromSubscription(metric);
            int seen = PUSHED.size();
            await(
                    "a push without",
                    each -> List.copyOf(PUSHED).indexOf(each) >= seen
                            && each.clientId.equals(clientId)
                            && !each.names().contains("org.apache.kafka.my.size"));
        }
        if (side == Side.APACHE) {
            return; // whose last one is sent or not, as it comes
        }
        assertThat(await("the last one", each -> each.clientId.equals(clientId) && each.terminating).instance)
                .isEqualTo(id);
    }

    @ParameterizedTest
    @EnumSource
    void clientInstanceId_whenNobodyGivesOne_isNull(Side side) throws Exception {
        try (EmbeddedKafka without = EmbeddedKafka.start();
                Producer<String, String> producer =
                        side.strings(without.bootstrapServers(), "enable.metrics.push", true)) {
            producer.partitionsFor("some");
            assertThat(producer.clientInstanceId(Duration.ofMillis(200))).isNull();
            assertThatThrownBy(() -> producer.clientInstanceId(Duration.ofMillis(-1)))
                    .isExactlyInstanceOf(IllegalArgumentException.class);
        }
    }
}
