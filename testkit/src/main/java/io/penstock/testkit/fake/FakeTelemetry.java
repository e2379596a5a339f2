package io.penstock.testkit.fake;

import java.time.Duration;
import java.util.List;

/** What the brokers of a fake cluster want to know of their clients (KIP-714), and what they were told. Any thread may call. */
public final class FakeTelemetry {

    private final ClusterModel model;

    FakeTelemetry(ClusterModel model) {
        this.model = model;
    }

    /**
     * From now on the brokers want metrics with names that begin so, "*" for all, and none without a prefix. Clients that have been told
     * otherwise are refused with UNKNOWN_SUBSCRIPTION_ID and ask again.
     */
    public void subscribe(Duration interval, String... prefixes) {
        model.run(() -> model.telemetry().subscribe(interval.toMillis(), List.of(prefixes)));
    }

    /** The most that a push may hold, compressed; clients hear of it when they ask. */
    public void maxBytes(int sizeBytes) {
        model.run(() -> model.telemetry().maxBytes(sizeBytes));
    }

    /** The last 1,000 that brokers took, oldest first. */
    public List<TelemetryPush> pushes() {
        return model.locked(() -> model.telemetry().pushes());
    }
}
