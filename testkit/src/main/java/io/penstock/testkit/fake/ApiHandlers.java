package io.penstock.testkit.fake;

import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.Request;
import io.penstock.wire.message.Response;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All requests that fake brokers serve. Immutable. */
final class ApiHandlers {

    private static final short NOT_SERVED = -1;

    private final Map<ApiKey, ApiHandler<Request, Response>> handlers = new EnumMap<>(ApiKey.class);
    private final Map<ApiKey, Short> caps;
    private final boolean twoPhaseCommit;
    private final ApiVersionsHandler apiVersions = new ApiVersionsHandler(this);

    ApiHandlers(ClusterOptions options) {
        this.caps = options.caps();
        this.twoPhaseCommit = options.twoPhaseCommit() != TwoPhaseCommit.OFF;
        add(apiVersions);
        add(new MetadataHandler());
        add(new InitProducerIdHandler());
        add(new ProduceHandler());
        add(new SaslHandshakeHandler());
        add(new SaslAuthenticateHandler());
        add(new FindCoordinatorHandler());
        add(new AddPartitionsToTxnHandler());
        add(new AddOffsetsToTxnHandler());
        add(new TxnOffsetCommitHandler());
        add(new EndTxnHandler());
        if (options.telemetry()) {
            add(new GetTelemetrySubscriptionsHandler());
            add(new PushTelemetryHandler());
        }
    }

    ApiVersionsHandler apiVersions() {
        return apiVersions;
    }

    @Nullable
    ApiHandler<Request, Response> find(short keyId) {
        ApiKey key = ApiKey.forId(keyId);
        return key == null ? null : handlers.get(key);
    }

    /** By key; not every broker serves each of them. */
    Collection<ApiHandler<Request, Response>> all() {
        return handlers.values();
    }

    /** The newest version that this broker serves of it, -1 for none. */
    short highest(ApiHandler<?, ?> handler, FakeBroker broker) {
        short release = broker.release().caps().getOrDefault(handler.key(), NOT_SERVED);
        if (twoPhaseCommit
                && handler.key() == ApiKey.INIT_PRODUCER_ID
                && release == handler.key().highestStableVersion()) {
            release = handler.highest();
        }
        short cap = caps.getOrDefault(handler.key(), handler.highest());
        return (short) Math.min(handler.highest(), Math.min(release, cap));
    }

    // Each handler gets only requests of its own key, and a key has one class of request and of response.
    @SuppressWarnings("unchecked")
    private void add(ApiHandler<?, ?> handler) {
        handlers.put(handler.key(), (ApiHandler<Request, Response>) handler);
    }
}
