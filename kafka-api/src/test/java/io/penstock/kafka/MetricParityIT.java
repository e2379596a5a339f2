package io.penstock.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.EmbeddedKafka;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsContext;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Both clients at work on one broker: the same metrics under the same names, tags, kinds and MBeans, for Penstock's own API too. */
class MetricParityIT {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.start();
        kafka.createTopic("measured", 1, Map.of());
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    private static Map<String, Object> configs(String clientId) {
        return Side.configs(
                kafka.bootstrapServers(),
                "client.id",
                clientId,
                "metric.reporters",
                List.of("org.apache.kafka.common.metrics.JmxReporter"));
    }

    private static Producer<String, String> sent(Producer<String, String> producer) throws Exception {
        producer.send(new ProducerRecord<>("measured", "v")).get(60, TimeUnit.SECONDS);
        return producer;
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        Await.until(() -> what, Duration.ofSeconds(60), condition);
    }

    private static String describe(MetricName name) {
        return name.group() + " " + name.name() + " " + new TreeMap<>(without(name.tags()));
    }

    private static Map<String, String> without(Map<String, String> tags) {
        Map<String, String> copy = new TreeMap<>(tags);
        copy.remove("client-id");
        return copy;
    }

    /** Names and tags, and whether it is a number that is measured or a fact; but for the stages' times, which Kafka has not. */
    private static Set<String> described(Map<MetricName, ? extends Metric> metrics) {
        return metrics.values().stream()
                .filter(metric -> !isOfAStage(metric.metricName().name()))
                .map(metric -> describe(metric.metricName()) + " "
                        + metric.metricValue().getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isOfAStage(String name) {
        return name.matches("(admission|accumulator|in-flight|throttle|callback)-time-ms-(p50|p95|p99|p999|max)");
    }

    private static Set<String> beans(String clientId) {
        try {
            Set<String> names = new TreeSet<>();
            for (ObjectName name : SERVER.queryNames(new ObjectName("kafka.producer:*"), null)) {
                if (name.getCanonicalName().contains("=" + clientId)) {
                    Set<String> attributes = new TreeSet<>();
                    for (var attribute : SERVER.getMBeanInfo(name).getAttributes()) {
                        if (!isOfAStage(attribute.getName())) {
                            attributes.add(attribute.getName() + ":" + attribute.getType());
                        }
                    }
                    names.add(name.getCanonicalName().replace(clientId, "ID") + " " + attributes);
                }
            }
            return names;
        } catch (javax.management.JMException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void metricsAndBeans_areThoseOfApachesProducer() throws Exception {
        try (Producer<String, String> apache = sent(
                        new KafkaProducer<>(configs("apache-id"), new StringSerializer(), new StringSerializer()));
                Producer<String, String> penstock = sent(new PenstockProducer<>(
                        configs("penstock-id"), new StringSerializer(), new StringSerializer()));
                var own = new io.penstock.producer.KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers(), "client.id", "own-id"),
                        new io.penstock.serialization.StringSerializer(),
                        new io.penstock.serialization.StringSerializer())) {
            own.send(new io.penstock.producer.ProducerRecord<>("measured", "v")).get(60, TimeUnit.SECONDS);
            assertThat(described(penstock.metrics())).isEqualTo(described(apache.metrics()));
            assertThat(penstock.metrics().values()).hasOnlyElementsOfType(KafkaMetric.class);
            Set<String> expected = beans("apache-id");
            assertThat(expected).hasSizeGreaterThanOrEqualTo(7);
            await(
                    "the beans of the topic and the broker",
                    () -> beans("penstock-id").size() >= expected.size());
            assertThat(beans("penstock-id")).isEqualTo(expected);
            await("the beans of the topic and the broker", () -> beans("own-id").size() >= expected.size());
            assertThat(beans("own-id")).isEqualTo(expected);
            assertThat((Double) SERVER.getAttribute(
                            new ObjectName(
                                    "kafka.producer:type=producer-topic-metrics,client-id=penstock-id,topic=measured"),
                            "record-send-total"))
                    .isEqualTo(1.0);
            for (String clientId : List.of("penstock-id", "own-id")) {
                ObjectName bean = new ObjectName("kafka.producer:type=producer-metrics,client-id=" + clientId);
                assertThat(SERVER.getMBeanInfo(bean).getAttributes())
                        .filteredOn(each -> isOfAStage(each.getName()))
                        .hasSize(25)
                        .allMatch(each -> each.getType().equals("double"));
                assertThat((Double) SERVER.getAttribute(bean, "in-flight-time-ms-p99"))
                        .isPositive();
            }
            assertThat(penstock.metrics().keySet())
                    .filteredOn(name -> isOfAStage(name.name()) && name.group().equals("producer-metrics"))
                    .hasSize(25);
        }
        assertThat(beans("penstock-id")).isEmpty();
        assertThat(beans("own-id")).isEmpty();
    }

    /** A reporter of the user's. */
    public static class Reporter implements MetricsReporter {
        static final Map<MetricName, KafkaMetric> KNOWN = new ConcurrentHashMap<>();
        static final List<String> HEARD = new java.util.concurrent.CopyOnWriteArrayList<>();

        @Override
        public void configure(Map<String, ?> configs) {
            HEARD.add("configure " + configs.get("client.id"));
        }

        @Override
        public void contextChange(MetricsContext context) {
            HEARD.add("context " + new TreeMap<>(context.contextLabels()));
        }

        @Override
        public void init(List<KafkaMetric> metrics) {
            HEARD.add("init");
            metrics.forEach(this::metricChange);
        }

        @Override
        public void metricChange(KafkaMetric metric) {
            KNOWN.put(metric.metricName(), metric);
        }

        @Override
        public void metricRemoval(KafkaMetric metric) {
            KNOWN.remove(metric.metricName());
        }

        @Override
        public void close() {
            HEARD.add("close");
        }
    }

    @Test
    void reporters_hearTheSame() throws Exception {
        Map<Side, List<String>> heard = new TreeMap<>();
        for (Side side : Side.values()) {
            Reporter.KNOWN.clear();
            Reporter.HEARD.clear();
            Producer<String, String> producer = side.strings(
                    kafka.bootstrapServers(),
                    "client.id",
                    "reporting",
                    "metric.reporters",
                    Reporter.class.getName(),
                    "metrics.context.region",
                    "north");
            sent(producer);
            await("the topic's metrics", () -> Reporter.KNOWN.keySet().stream()
                    .anyMatch(name -> name.group().equals("producer-topic-metrics")));
            producer.close(Duration.ofSeconds(30));
            heard.put(side, List.copyOf(Reporter.HEARD));
        }
        assertThat(heard.get(Side.PENSTOCK)).isEqualTo(heard.get(Side.APACHE)).hasSize(4);
    }
}
