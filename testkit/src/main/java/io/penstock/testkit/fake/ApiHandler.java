package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.Request;
import io.penstock.wire.message.Response;
import org.jspecify.annotations.Nullable;

/**
 * How a broker serves one kind of request, in all versions from its lowest to its highest.
 *
 * <p>Stateless but for the cluster that the context brings, and called under its lock.
 */
abstract class ApiHandler<Q extends Request, A extends Response> {

    private final ApiKey key;
    private final short lowest;
    private final short highest;

    ApiHandler(ApiKey key, int lowest, int highest) {
        this.key = key;
        this.lowest = (short) lowest;
        this.highest = (short) highest;
    }

    final ApiKey key() {
        return key;
    }

    final short lowest() {
        return lowest;
    }

    final short highest() {
        return highest;
    }

    /** Carries the request out; null when it gets no answer. */
    abstract @Nullable A handle(Q request, RequestContext context);

    /** The answer that says that all of it failed; null when it gets none. */
    abstract @Nullable A refuse(Q request, ErrorCode error, RequestContext context);

    /** PRODUCER_FENCED as versions name it that are older than it. */
    static ErrorCode older(ErrorCode error, boolean beforeProducerFenced) {
        return beforeProducerFenced && error == ErrorCode.PRODUCER_FENCED ? ErrorCode.INVALID_PRODUCER_EPOCH : error;
    }

    /** Puts a throttle time into an answer that can carry one in this version. */
    abstract void throttle(A answer, int millis, short version);
}
