package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.InitProducerIdRequest;
import io.penstock.wire.message.InitProducerIdResponse;

/** A producer id, or the next epoch of one that the producer has. */
final class InitProducerIdHandler extends ApiHandler<InitProducerIdRequest, InitProducerIdResponse> {

    InitProducerIdHandler() {
        super(ApiKey.INIT_PRODUCER_ID, 0, 5);
    }

    @Override
    InitProducerIdResponse handle(InitProducerIdRequest request, RequestContext context) {
        return new InitProducerIdResponse()
                .producerId(context.cluster().takeProducerId())
                .producerEpoch((short) 0);
    }

    @Override
    InitProducerIdResponse refuse(InitProducerIdRequest request, ErrorCode error, RequestContext context) {
        return new InitProducerIdResponse()
                .errorCode(error.code())
                .producerId(-1)
                .producerEpoch((short) -1);
    }

    @Override
    void throttle(InitProducerIdResponse answer, int millis, short version) {
        answer.throttleTimeMs(millis);
    }
}
