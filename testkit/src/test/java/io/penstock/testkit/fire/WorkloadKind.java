package io.penstock.testkit.fire;

import java.util.HashMap;
import java.util.Map;

/** The producers of a soak: ours and Kafka's, with patient and with short limits, all under the same faults. */
enum WorkloadKind {
    PENSTOCK("penstock", true, 400, Limits.PATIENT),
    PENSTOCK_SHORT("penstock-short", true, 400, Limits.SHORT),
    PENSTOCK_TINY_BATCHES(
            "penstock-tiny-batches",
            true,
            300,
            Map.of(
                    "delivery.timeout.ms",
                    300_000,
                    "request.timeout.ms",
                    3_000,
                    "batch.size",
                    200,
                    "linger.ms",
                    0,
                    "retry.backoff.ms",
                    20)),
    APACHE("kafka-clients", false, 400, Limits.PATIENT),
    APACHE_SHORT("kafka-clients-short", false, 400, Limits.SHORT);

    private static final class Limits {
        static final Map<String, Object> PATIENT =
                Map.of("delivery.timeout.ms", 300_000, "request.timeout.ms", 4_000, "compression.type", "lz4");

        /** As in KAFKA-14034: what is given up is often still on its way. */
        static final Map<String, Object> SHORT =
                Map.of("delivery.timeout.ms", 5_000, "request.timeout.ms", 2_500, "linger.ms", 5);
    }

    private final String topic;
    private final boolean ours;
    private final int recordsPerSecond;
    private final Map<String, Object> settings;

    WorkloadKind(String topic, boolean ours, int recordsPerSecond, Map<String, Object> settings) {
        this.topic = topic;
        this.ours = ours;
        this.recordsPerSecond = recordsPerSecond;
        this.settings = settings;
    }

    String topic() {
        return topic;
    }

    boolean isOurs() {
        return ours;
    }

    int recordsPerSecond() {
        return recordsPerSecond;
    }

    /** Whether a failure is within the contract: only when limits are shorter than the faults. */
    boolean mayFail() {
        return settings == Limits.SHORT;
    }

    Subject subject(String bootstrapServers) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", bootstrapServers);
        all.put("enable.idempotence", true);
        all.put("reconnect.backoff.max.ms", 500);
        all.put("client.id", topic);
        return ours ? new PenstockSubject(all) : new ApacheSubject(all);
    }
}
