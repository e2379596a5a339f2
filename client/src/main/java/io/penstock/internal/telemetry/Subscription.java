package io.penstock.internal.telemetry;

import io.penstock.wire.compress.CompressionType;
import io.penstock.wire.message.GetTelemetrySubscriptionsResponse;
import java.util.List;

/**
 * What a broker has asked for. Immutable.
 *
 * @param prefixes of metrics' names; empty for none
 * @param intervalMillis between two pushes, from 100 ms to a day: the answer of a broker must not make the loop spin
 */
record Subscription(
        int id, List<String> prefixes, CompressionType compression, long intervalMillis, int maxBytes, boolean delta) {

    private static final long SHORTEST_MILLIS = 100; // the shortest that a broker can be set to
    private static final long LONGEST_MILLIS = 86_400_000;
    private static final String ALL = "*";

    static Subscription of(GetTelemetrySubscriptionsResponse response) {
        return new Subscription(
                response.subscriptionId(),
                List.copyOf(response.requestedMetrics()),
                firstKnown(response.acceptedCompressionTypes()),
                Math.max(SHORTEST_MILLIS, Math.min(LONGEST_MILLIS, response.pushIntervalMs())),
                response.telemetryMaxBytes(),
                response.deltaTemporality());
    }

    /** The broker's order is its preference; one that nobody knows yet is passed over. */
    private static CompressionType firstKnown(byte[] ids) {
        for (byte id : ids) {
            if (id >= 0 && id < CompressionType.values().length) {
                return CompressionType.forId(id);
            }
        }
        return CompressionType.NONE;
    }

    boolean wants(String name) {
        for (String prefix : prefixes) {
            if (prefix.equals(ALL) || name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    boolean wantsAnything() {
        return !prefixes.isEmpty();
    }
}
