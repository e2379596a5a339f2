package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.FindCoordinatorRequest;
import io.penstock.wire.message.FindCoordinatorResponse;
import io.penstock.wire.message.FindCoordinatorResponse.Coordinator;

/** Who coordinates groups and transactional ids: one of them up to version 3, many from version 4 on. */
final class FindCoordinatorHandler extends ApiHandler<FindCoordinatorRequest, FindCoordinatorResponse> {

    private static final short FIRST_WITH_THROTTLE = 1;
    private static final short FIRST_WITH_MANY = 4;

    FindCoordinatorHandler() {
        super(ApiKey.FIND_COORDINATOR, 0, 6);
    }

    @Override
    FindCoordinatorResponse handle(FindCoordinatorRequest request, RequestContext context) {
        if (context.version() >= FIRST_WITH_MANY) {
            return new FindCoordinatorResponse()
                    .coordinators(request.coordinatorKeys().stream()
                            .map(key -> coordinator(request.keyType(), key, context))
                            .toList());
        }
        return single(coordinator(request.keyType(), request.key(), context), context.version());
    }

    @Override
    FindCoordinatorResponse refuse(FindCoordinatorRequest request, ErrorCode error, RequestContext context) {
        if (context.version() >= FIRST_WITH_MANY) {
            return new FindCoordinatorResponse()
                    .coordinators(request.coordinatorKeys().stream()
                            .map(key -> failed(key, error))
                            .toList());
        }
        return single(failed(request.key(), error), context.version());
    }

    @Override
    void throttle(FindCoordinatorResponse answer, int millis, short version) {
        if (version >= FIRST_WITH_THROTTLE) {
            answer.throttleTimeMs(millis);
        }
    }

    private static Coordinator coordinator(byte type, String key, RequestContext context) {
        if (type != Coordinators.GROUP && type != Coordinators.TRANSACTION) {
            return failed(key, ErrorCode.INVALID_REQUEST);
        }
        if (type == Coordinators.GROUP && key.isEmpty()) {
            return failed(key, ErrorCode.INVALID_GROUP_ID);
        }
        FakeBroker broker = context.cluster().coordinators().of(type, key);
        if (broker == null) {
            return failed(key, ErrorCode.COORDINATOR_NOT_AVAILABLE);
        }
        return new Coordinator()
                .key(key)
                .nodeId(broker.id())
                .host(context.cluster().host().address())
                .port(broker.port());
    }

    private static Coordinator failed(String key, ErrorCode error) {
        return new Coordinator()
                .key(key)
                .errorCode(error.code())
                .nodeId(-1)
                .host("")
                .port(-1);
    }

    private static FindCoordinatorResponse single(Coordinator found, short version) {
        FindCoordinatorResponse answer = new FindCoordinatorResponse()
                .errorCode(found.errorCode())
                .nodeId(found.nodeId())
                .host(found.host())
                .port(found.port());
        return version >= FIRST_WITH_THROTTLE ? answer.errorMessage(found.errorMessage()) : answer;
    }
}
