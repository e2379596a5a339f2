package io.penstock.internal.config;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who the producer is, how long its callers may be kept waiting, how many loops it has, and what its threads do when there is nothing to do.
 *
 * @param senderThreads loops over which partitions are spread, 1 to 64; 1 with transactions
 * @param idleStrategy {@code park}, {@code yield} or {@code spin}, in any case
 */
public record ClientSettings(
        String clientId, String clientRack, long maxBlockNanos, int senderThreads, String idleStrategy) {
    private static final AtomicInteger SEQUENCE = new AtomicInteger();

    static ClientSettings from(ConfigValues values) {
        return new ClientSettings(
                clientId(values),
                values.text("client.rack"),
                values.nanos("max.block.ms"),
                values.number("sender.threads"),
                values.text("loop.idle.strategy"));
    }

    private static String clientId(ConfigValues values) {
        if (values.isSet("client.id")) {
            return values.text("client.id");
        }
        Object transactionalId = values.find("transactional.id");
        return "producer-" + (transactionalId == null ? SEQUENCE.incrementAndGet() : transactionalId);
    }
}
