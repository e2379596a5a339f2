package io.penstock.testkit.mock;

import io.penstock.errors.TimeoutException;
import io.penstock.producer.Metric;
import io.penstock.producer.MetricName;
import io.penstock.producer.Uuid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a mock says of its metrics. Guarded by itself. */
final class MockTelemetry {

    private final Map<MetricName, Metric> metrics = new HashMap<>();
    private final List<Metric> subscribed = new ArrayList<>();
    private @Nullable Uuid clientInstanceId;
    private boolean disabled;
    private int timeoutCount;

    synchronized void put(MetricName name, Metric metric) {
        metrics.put(name, metric);
    }

    synchronized Map<MetricName, Metric> metrics() {
        return Map.copyOf(metrics);
    }

    synchronized void subscribe(Metric metric) {
        subscribed.add(metric);
    }

    synchronized void unsubscribe(Metric metric) {
        subscribed.remove(metric);
    }

    synchronized List<Metric> subscribed() {
        return List.copyOf(subscribed);
    }

    synchronized void disable() {
        disabled = true;
    }

    synchronized void clientInstanceId(Uuid id) {
        clientInstanceId = id;
    }

    /** The next so many questions time out; all of them below 0. */
    synchronized void injectTimeouts(int count) {
        timeoutCount = count;
    }

    synchronized Uuid clientInstanceId() {
        if (disabled) {
            throw new IllegalStateException("Telemetry is disabled, by disableTelemetry()");
        }
        Uuid id = clientInstanceId;
        if (id == null) {
            throw new UnsupportedOperationException("clientInstanceId not set");
        }
        if (timeoutCount != 0) {
            timeoutCount -= timeoutCount > 0 ? 1 : 0;
            throw new TimeoutException("TimeoutExceptions are successfully injected for test.");
        }
        return id;
    }
}
