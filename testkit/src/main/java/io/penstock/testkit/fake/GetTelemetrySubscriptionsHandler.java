package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.compress.CompressionType;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.GetTelemetrySubscriptionsRequest;
import io.penstock.wire.message.GetTelemetrySubscriptionsResponse;
import java.util.UUID;

/** Which metrics the brokers want of a client; version 0, where the cluster collects metrics at all. */
final class GetTelemetrySubscriptionsHandler
        extends ApiHandler<GetTelemetrySubscriptionsRequest, GetTelemetrySubscriptionsResponse> {

    /** Those that a broker takes, the ones first that it likes best. */
    private static final byte[] CODECS = {
        (byte) CompressionType.ZSTD.id(),
        (byte) CompressionType.LZ4.id(),
        (byte) CompressionType.GZIP.id(),
        (byte) CompressionType.SNAPPY.id()
    };

    GetTelemetrySubscriptionsHandler() {
        super(ApiKey.GET_TELEMETRY_SUBSCRIPTIONS, 0, 0);
    }

    @Override
    GetTelemetrySubscriptionsResponse handle(GetTelemetrySubscriptionsRequest request, RequestContext context) {
        TelemetryBook book = context.cluster().telemetry();
        UUID id = book.admit(request.clientInstanceId());
        TelemetryClient client = book.client(id);
        TelemetryBook.Subscription subscription = book.subscription();
        if (client.isGone()) {
            return refuse(request, ErrorCode.INVALID_REQUEST, context);
        }
        if (!client.mayAsk(context.cluster().host().currentTimeMillis(), subscription.intervalMillis())) {
            return refuse(request, ErrorCode.THROTTLING_QUOTA_EXCEEDED, context);
        }
        return new GetTelemetrySubscriptionsResponse()
                .clientInstanceId(id)
                .subscriptionId(subscription.id())
                .acceptedCompressionTypes(CODECS.clone())
                .pushIntervalMs((int) subscription.intervalMillis())
                .telemetryMaxBytes(book.maxBytes())
                .deltaTemporality(true)
                .requestedMetrics(subscription.prefixes());
    }

    @Override
    GetTelemetrySubscriptionsResponse refuse(
            GetTelemetrySubscriptionsRequest request, ErrorCode error, RequestContext context) {
        return new GetTelemetrySubscriptionsResponse().errorCode(error.code());
    }

    @Override
    void throttle(GetTelemetrySubscriptionsResponse answer, int millis, short version) {
        answer.throttleTimeMs(millis);
    }
}
