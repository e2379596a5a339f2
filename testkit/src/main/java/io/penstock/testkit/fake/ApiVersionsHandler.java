package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.ApiVersionsRequest;
import io.penstock.wire.message.ApiVersionsResponse;
import java.util.ArrayList;
import java.util.List;

/** Which versions the broker speaks; from version 5 on, whether the client has found the broker that it means. */
final class ApiVersionsHandler extends ApiHandler<ApiVersionsRequest, ApiVersionsResponse> {

    private static final short FIRST_WITH_FEATURES = 3;
    private static final short FIRST_WITH_THROTTLE = 1;

    private final ApiHandlers handlers;

    ApiVersionsHandler(ApiHandlers handlers) {
        super(ApiKey.API_VERSIONS, 0, 5);
        this.handlers = handlers;
    }

    @Override
    ApiVersionsResponse handle(ApiVersionsRequest request, RequestContext context) {
        if (isForAnother(request, context)) {
            return refuse(request, ErrorCode.REBOOTSTRAP_REQUIRED, context);
        }
        ApiVersionsResponse answer = new ApiVersionsResponse().apiKeys(served(context.broker()));
        short transactionVersion = context.cluster().transactionVersion();
        if (context.version() >= FIRST_WITH_FEATURES && transactionVersion > 0) {
            answer.supportedFeatures(List.of(new ApiVersionsResponse.SupportedFeatureKey()
                            .name("transaction.version")
                            .maxVersion((short) 2)))
                    .finalizedFeaturesEpoch(context.cluster().featuresEpoch())
                    .finalizedFeatures(List.of(new ApiVersionsResponse.FinalizedFeatureKey()
                            .name("transaction.version")
                            .minVersionLevel(transactionVersion)
                            .maxVersionLevel(transactionVersion)));
        }
        return answer;
    }

    @Override
    ApiVersionsResponse refuse(ApiVersionsRequest request, ErrorCode error, RequestContext context) {
        return new ApiVersionsResponse().errorCode(error.code());
    }

    @Override
    void throttle(ApiVersionsResponse answer, int millis, short version) {
        if (version >= FIRST_WITH_THROTTLE) {
            answer.throttleTimeMs(millis);
        }
    }

    /** What a version that the broker does not speak is answered with, in version 0 whatever was asked (KIP-511). */
    ApiVersionsResponse unsupported(FakeBroker broker) {
        return new ApiVersionsResponse()
                .errorCode(ErrorCode.UNSUPPORTED_VERSION.code())
                .apiKeys(served(broker));
    }

    private List<ApiVersionsResponse.ApiVersion> served(FakeBroker broker) {
        List<ApiVersionsResponse.ApiVersion> served = new ArrayList<>();
        for (ApiHandler<?, ?> handler : handlers.all()) {
            short highest = handlers.highest(handler, broker);
            if (highest >= handler.lowest()) {
                served.add(new ApiVersionsResponse.ApiVersion()
                        .apiKey(handler.key().id())
                        .minVersion(lowest(handler))
                        .maxVersion(highest));
            }
        }
        return served;
    }

    /** Brokers name 0 for Produce, for the sake of old libraries that look for it, and take only 3 and later. */
    private static short lowest(ApiHandler<?, ?> handler) {
        return handler.key() == ApiKey.PRODUCE ? 0 : handler.lowest();
    }

    private static boolean isForAnother(ApiVersionsRequest request, RequestContext context) {
        String clusterId = request.clusterId();
        return (clusterId != null
                        && !clusterId.equals(context.cluster().options().clusterId()))
                || (request.nodeId() >= 0
                        && request.nodeId() != context.broker().id());
    }
}
