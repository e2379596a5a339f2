package io.penstock.internal.config;

import java.util.concurrent.atomic.AtomicInteger;

/** Who the producer is, and how long its callers may be kept waiting. */
public record ClientSettings(String clientId, String clientRack, long maxBlockNanos) {
    private static final AtomicInteger SEQUENCE = new AtomicInteger();

    static ClientSettings from(ConfigValues values) {
        return new ClientSettings(clientId(values), values.text("client.rack"), values.nanos("max.block.ms"));
    }

    private static String clientId(ConfigValues values) {
        if (values.isSet("client.id")) {
            return values.text("client.id");
        }
        Object transactionalId = values.find("transactional.id");
        return "producer-" + (transactionalId == null ? SEQUENCE.incrementAndGet() : transactionalId);
    }
}
