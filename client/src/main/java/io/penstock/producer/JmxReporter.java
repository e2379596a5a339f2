package io.penstock.producer;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows metrics as MBeans, under the names that Kafka's own reporter gives them: one bean for each group and set of tags, such as
 * {@code kafka.producer:type=producer-topic-metrics,client-id=...,topic=...}, with an attribute for each metric. It is the default
 * of {@code metric.reporters}.
 *
 * <p>{@code metrics.jmx.include} and {@code metrics.jmx.exclude} are regular expressions over the names of beans; the second wins.
 *
 * <p>Where nothing has started JMX in this process when a producer is made, its beans are there a second later: most programs
 * that start, send and end are never asked for them, and to start JMX takes longer than all else that a producer does until its first
 * record is acknowledged.
 *
 * <p>Guarded by its own lock; reading an attribute over JMX takes none. One bean for each group of metrics there is, no more.
 */
public class JmxReporter implements MetricsReporter {
    public static final String INCLUDE_CONFIG = "metrics.jmx.include";
    public static final String EXCLUDE_CONFIG = "metrics.jmx.exclude";

    private static final Logger LOG = LoggerFactory.getLogger(JmxReporter.class);

    private final Map<String, MetricBean> beans = new HashMap<>();
    private String prefix = "";
    private @Nullable Pattern included;
    private @Nullable Pattern excluded;

    @Override
    public synchronized void configure(Map<String, ?> configs) {
        included = pattern(INCLUDE_CONFIG, configs.get(INCLUDE_CONFIG));
        excluded = pattern(EXCLUDE_CONFIG, configs.get(EXCLUDE_CONFIG));
    }

    private boolean isShown(String name) {
        return (included == null || included.matcher(name).matches())
                && (excluded == null || !excluded.matcher(name).matches());
    }

    private static @Nullable Pattern pattern(String key, @Nullable Object given) {
        if (given == null) {
            return null;
        }
        String text = given.toString();
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new io.penstock.errors.ConfigException(key, text, "it is no regular expression: " + e.getMessage());
        }
    }

    @Override
    public synchronized void contextChange(MetricsContext context) {
        prefix = context.contextLabels().getOrDefault(MetricsContext.NAMESPACE, "");
    }

    @Override
    public synchronized void init(List<Metric> metrics) {
        metrics.forEach(this::add);
        beans.forEach(this::register);
    }

    @Override
    public synchronized void metricChange(Metric metric) {
        String name = add(metric);
        MetricBean bean = beans.get(name);
        if (bean != null) {
            register(name, bean);
        }
    }

    @Override
    public synchronized void metricRemoval(Metric metric) {
        String name = beanName(metric.metricName());
        MetricBean bean = beans.get(name);
        if (bean != null && bean.remove(metric.metricName().name())) {
            beans.remove(name);
            unregister(name);
        }
    }

    @Override
    public synchronized void close() {
        beans.keySet().forEach(this::unregister);
        beans.clear();
    }

    private String add(Metric metric) {
        String name = beanName(metric.metricName());
        if (isShown(name)) {
            beans.computeIfAbsent(name, n -> new MetricBean()).add(metric);
        }
        return name;
    }

    private String beanName(MetricName metric) {
        StringBuilder name = new StringBuilder(prefix).append(":type=").append(metric.group());
        new TreeMap<>(metric.tags()).forEach((tag, value) -> {
            if (!tag.isEmpty() && !value.isEmpty()) {
                name.append(',').append(tag).append('=').append(quoted(value));
            }
        });
        return name.toString();
    }

    /** As in Kafka: whatever could mean something in a bean's name makes the value a quoted one. */
    static String quoted(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean word = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!word && "_-%. \t".indexOf(c) < 0) {
                return ObjectName.quote(value);
            }
        }
        return value;
    }

    /** Not before there is a bean to show: to start it is a quarter of the time of a cold start. */
    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    /** A bean of that name, of a closed producer that had the same client id, makes way. */
    private void register(String name, MetricBean bean) {
        try {
            ObjectName objectName = new ObjectName(name);
            if (bean.isRegistered()) {
                return;
            }
            MBeanServer server = server();
            if (server.isRegistered(objectName)) {
                server.unregisterMBean(objectName);
            }
            server.registerMBean(bean, objectName);
            bean.registered();
        } catch (JMException | RuntimeException e) {
            LOG.warn("The metrics of {} could not be registered for JMX", name, e);
        }
    }

    private void unregister(String name) {
        try {
            ObjectName objectName = new ObjectName(name);
            MBeanServer server = server();
            if (server.isRegistered(objectName)) {
                server.unregisterMBean(objectName);
            }
        } catch (InstanceNotFoundException e) {
            LOG.debug("{} was unregistered by somebody else", name);
        } catch (JMException | RuntimeException e) {
            LOG.warn("{} could not be unregistered from JMX", name, e);
        }
    }
}
