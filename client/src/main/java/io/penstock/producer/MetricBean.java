package io.penstock.producer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import org.jspecify.annotations.Nullable;

/** The metrics of one group and set of tags, each an attribute. Any thread; {@link JmxReporter} adds and removes. */
final class MetricBean implements DynamicMBean {

    /** As many as the group has. */
    private final Map<String, Metric> metrics = new ConcurrentHashMap<>();

    private boolean registered;

    void add(Metric metric) {
        metrics.put(metric.metricName().name(), metric);
    }

    /** Whether that was the last. */
    boolean remove(String name) {
        metrics.remove(name);
        return metrics.isEmpty();
    }

    boolean isRegistered() {
        return registered;
    }

    void registered() {
        registered = true;
    }

    @Override
    public Object getAttribute(String name) throws AttributeNotFoundException {
        Metric metric = metrics.get(name);
        if (metric == null) {
            throw new AttributeNotFoundException("There is no metric " + name + " here");
        }
        return metric.metricValue();
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        AttributeList values = new AttributeList();
        for (String name : names) {
            Metric metric = metrics.get(name);
            if (metric != null) {
                values.add(new Attribute(name, metric.metricValue()));
            }
        }
        return values;
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        MBeanAttributeInfo[] attributes = metrics.values().stream()
                .map(metric -> new MBeanAttributeInfo(
                        metric.metricName().name(),
                        double.class.getName(),
                        metric.metricName().description(),
                        true,
                        false,
                        false))
                .toArray(MBeanAttributeInfo[]::new);
        return new MBeanInfo(MetricBean.class.getName(), "", attributes, null, null, null);
    }

    @Override
    public @Nullable Object invoke(String name, Object[] parameters, String[] signature) {
        throw new UnsupportedOperationException("Metrics are only read");
    }

    @Override
    public void setAttribute(Attribute attribute) {
        throw new UnsupportedOperationException("Metrics are only read");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        throw new UnsupportedOperationException("Metrics are only read");
    }
}
