package io.penstock.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.ConfigException;
import io.penstock.serialization.StringSerializer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JmxReporterTest {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
    private final JmxReporter reporter = new JmxReporter();

    private record Fixed(MetricName metricName, Object metricValue) implements Metric {}

    private static Metric metric(String group, String name, Object value, String... tags) {
        Map<String, String> map = tags.length == 0 ? Map.of() : Map.of(tags[0], tags[1]);
        return new Fixed(new MetricName(name, group, "what " + name + " says", map), value);
    }

    private void start(Map<String, ?> configs, Metric... metrics) {
        reporter.configure(configs);
        reporter.contextChange(() -> Map.of(MetricsContext.NAMESPACE, "jmx.test"));
        reporter.init(List.of(metrics));
    }

    private static Set<String> beans(String domain) throws Exception {
        return SERVER.queryNames(new ObjectName(domain + ":*"), null).stream()
                .map(ObjectName::getCanonicalName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @AfterEach
    void close() {
        reporter.close();
    }

    @Test
    void init_registersABeanForEachGroupAndTags() throws Exception {
        start(Map.of(), metric("g", "a", 1.0), metric("g", "b", 2.0), metric("g", "a", 3.0, "topic", "x"));
        assertThat(beans("jmx.test")).containsExactly("jmx.test:topic=x,type=g", "jmx.test:type=g");
        assertThat(SERVER.getAttribute(new ObjectName("jmx.test:type=g"), "b")).isEqualTo(2.0);
        assertThat(SERVER.getAttributes(new ObjectName("jmx.test:type=g"), new String[] {"a", "b", "no"}))
                .hasSize(2);
        assertThat(SERVER.getMBeanInfo(new ObjectName("jmx.test:topic=x,type=g"))
                        .getAttributes())
                .singleElement()
                .satisfies(a -> assertThat(a.getDescription()).isEqualTo("what a says"));
        reporter.close();
        assertThat(beans("jmx.test")).isEmpty();
    }

    @Test
    void metricChange_addsToTheBeanThatIsThere_andRemovalOfTheLastEndsIt() throws Exception {
        Metric first = metric("g", "a", 1.0);
        Metric second = metric("g", "b", 2.0);
        start(Map.of(), first);
        reporter.metricChange(second);
        assertThat(SERVER.getAttribute(new ObjectName("jmx.test:type=g"), "b")).isEqualTo(2.0);
        reporter.metricRemoval(first);
        assertThat(beans("jmx.test")).hasSize(1);
        reporter.metricRemoval(second);
        assertThat(beans("jmx.test")).isEmpty();
    }

    @Test
    void names_withCharactersThatMeanSomething_areQuoted() throws Exception {
        start(Map.of(), metric("g", "a", 1.0, "topic", "a,b=\"*"));
        assertThat(SERVER.isRegistered(new ObjectName("jmx.test:type=g,topic=" + ObjectName.quote("a,b=\"*"))))
                .isTrue();
    }

    @Test
    void includeAndExclude_chooseBeans_andABadPatternIsToldByItsKey() throws Exception {
        start(
                Map.of(JmxReporter.INCLUDE_CONFIG, ".*type=(g|h).*", JmxReporter.EXCLUDE_CONFIG, ".*type=h.*"),
                metric("g", "a", 1.0),
                metric("h", "a", 1.0),
                metric("i", "a", 1.0));
        assertThat(beans("jmx.test")).containsExactly("jmx.test:type=g");
        assertThatThrownBy(() -> reporter.configure(Map.of(JmxReporter.EXCLUDE_CONFIG, "(")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("metrics.jmx.exclude");
    }

    /** Kafka's names of beans and attributes are what existing dashboards ask for. */
    @Test
    void producer_registersKafkasBeans_andLeavesNothingBehind() throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", "127.0.0.1:1", "client.id", "jmx-1"),
                new StringSerializer(),
                new StringSerializer())) {
            assertThat(producer.metrics()).isNotEmpty();
            assertThat(jmx1())
                    .contains(
                            "kafka.producer:client-id=jmx-1,type=app-info",
                            "kafka.producer:client-id=jmx-1,type=kafka-metrics-count",
                            "kafka.producer:client-id=jmx-1,type=producer-metrics",
                            "kafka.producer:id=jmx-1,type=app-info");
            ObjectName info = new ObjectName("kafka.producer:type=app-info,id=jmx-1");
            assertThat((Long) SERVER.getAttribute(info, "StartTimeMs")).isPositive();
            assertThat(SERVER.getAttribute(info, "Version")).isNotNull();
            assertThat(SERVER.getAttribute(info, "CommitId")).isNotNull();
        }
        assertThat(jmx1()).isEmpty();
    }

    private static List<String> jmx1() throws Exception {
        return beans("kafka.producer").stream()
                .filter(name -> name.contains("jmx-1"))
                .toList();
    }

    /** What a reporter is told, and in which order. */
    public static class Listening implements MetricsReporter {
        static final List<String> HEARD = new ArrayList<>();

        @Override
        public void configure(Map<String, ?> configs) {
            HEARD.add("configure " + configs.get("listening.key"));
        }

        @Override
        public void contextChange(MetricsContext context) {
            HEARD.add("context " + new TreeSet<>(context.contextLabels().values()));
        }

        @Override
        public void init(List<Metric> metrics) {
            HEARD.add("init "
                    + metrics.stream()
                            .map(metric -> metric.metricName().group())
                            .collect(Collectors.toCollection(TreeSet::new)));
        }

        @Override
        public void metricChange(Metric metric) {}

        @Override
        public void metricRemoval(Metric metric) {}

        @Override
        public void close() {
            HEARD.add("close");
        }
    }

    @Test
    void reporters_areConfigured_toldTheContext_andClosed() throws Exception {
        Listening.HEARD.clear();
        try (var producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", "127.0.0.1:1",
                        "client.id", "jmx-1",
                        "metric.reporters", Listening.class.getName(),
                        "metrics.context.region", "north",
                        "listening.key", "v"),
                new StringSerializer(),
                new StringSerializer())) {
            assertThat(producer.metrics()).isNotEmpty();
            assertThat(Stream.of("kafka.producer:client-id=jmx-1,type=producer-metrics"))
                    .noneMatch(name -> {
                        try {
                            return SERVER.isRegistered(new ObjectName(name));
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    });
        }
        assertThat(Listening.HEARD)
                .containsExactly(
                        "configure v",
                        "context [kafka.producer, north]",
                        "init [app-info, kafka-metrics-count, producer-metrics]",
                        "close");
    }
}
