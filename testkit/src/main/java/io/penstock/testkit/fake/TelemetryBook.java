package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.compress.CompressionType;
import io.penstock.wire.message.PushTelemetryRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What brokers want to know of clients, and which clients there are. Guarded by the cluster's lock.
 *
 * <p>All brokers share it, whereas real ones know only the clients that came to them.
 */
final class TelemetryBook {

    private static final int MAX_CLIENT_COUNT = 10_000;
    private static final int MAX_PUSH_COUNT = 1_000;
    private static final long DEFAULT_INTERVAL_MILLIS = 300_000;
    private static final int DEFAULT_MAX_BYTES = 1_048_576;
    private static final UUID NOBODY = new UUID(0, 0);

    /** Those that came first go when there are too many. */
    private final Map<UUID, TelemetryClient> clients = new LinkedHashMap<>();

    private final Deque<TelemetryPush> pushes = new ArrayDeque<>();
    private Subscription subscription = new Subscription(1, DEFAULT_INTERVAL_MILLIS, List.of());
    private int maxBytes = DEFAULT_MAX_BYTES;
    private long nextClient = 1;

    record Subscription(int id, long intervalMillis, List<String> prefixes) {}

    void subscribe(long intervalMillis, List<String> prefixes) {
        if (intervalMillis < 1 || intervalMillis > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("interval is " + intervalMillis + " ms, must be 1 or more");
        }
        subscription = new Subscription(subscription.id() + 1, intervalMillis, List.copyOf(prefixes));
    }

    Subscription subscription() {
        return subscription;
    }

    int maxBytes() {
        return maxBytes;
    }

    void maxBytes(int sizeBytes) {
        maxBytes = sizeBytes;
    }

    /** The id of a client that asks: its own, or a new one. Counted, not random: two runs of one script are equal. */
    UUID admit(UUID clientInstanceId) {
        return NOBODY.equals(clientInstanceId) ? new UUID(0x74656c656d65L, nextClient++) : clientInstanceId;
    }

    TelemetryClient client(UUID clientInstanceId) {
        TelemetryClient known = clients.computeIfAbsent(clientInstanceId, id -> new TelemetryClient());
        if (clients.size() > MAX_CLIENT_COUNT) {
            clients.remove(clients.keySet().iterator().next());
        }
        return known;
    }

    /** In the order in which a broker looks at it; null when there is nothing to object to. */
    @Nullable
    ErrorCode objection(TelemetryClient client, PushTelemetryRequest request, long nowMillis) {
        if (client.isGone()) {
            return ErrorCode.INVALID_REQUEST;
        }
        if (!client.mayPush(nowMillis, subscription.intervalMillis()) && !request.terminating()) {
            return ErrorCode.THROTTLING_QUOTA_EXCEEDED;
        }
        if (request.subscriptionId() != subscription.id()) {
            return ErrorCode.UNKNOWN_SUBSCRIPTION_ID;
        }
        if (request.compressionType() < 0 || request.compressionType() >= CompressionType.values().length) {
            return ErrorCode.UNSUPPORTED_COMPRESSION_TYPE;
        }
        return request.metrics().remaining() > maxBytes ? ErrorCode.TELEMETRY_TOO_LARGE : null;
    }

    void add(TelemetryPush push) {
        pushes.add(push);
        if (pushes.size() > MAX_PUSH_COUNT) {
            pushes.remove();
        }
    }

    List<TelemetryPush> pushes() {
        return List.copyOf(pushes);
    }
}
