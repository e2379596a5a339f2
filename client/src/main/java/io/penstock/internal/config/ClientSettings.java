package io.penstock.internal.config;

import java.util.concurrent.atomic.AtomicInteger;

/** Who the producer is, and how long its callers may be kept waiting. */
public record ClientSettings(String clientId, String clientRack, long maxBlockNanos) {
    private static final AtomicInteger SEQUENCE = new AtomicInteger();

    static ClientSettings from(ConfigValues values) {
        String clientId =
                values.isSet("client.id") ? values.text("client.id") : "producer-" + SEQUENCE.incrementAndGet();
        return new ClientSettings(clientId, values.text("client.rack"), values.nanos("max.block.ms"));
    }
}
