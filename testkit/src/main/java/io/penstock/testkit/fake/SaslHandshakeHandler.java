package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.SaslHandshakeRequest;
import io.penstock.wire.message.SaslHandshakeResponse;
import java.util.List;

/** The choice of a mechanism; version 1 alone, as that of version 0 is followed by messages outside of the protocol. */
final class SaslHandshakeHandler extends ApiHandler<SaslHandshakeRequest, SaslHandshakeResponse> {

    SaslHandshakeHandler() {
        super(ApiKey.SASL_HANDSHAKE, 1, 1);
    }

    @Override
    SaslHandshakeResponse handle(SaslHandshakeRequest request, RequestContext context) {
        SaslSession session = context.sasl();
        SaslBook book = context.cluster().sasl();
        if (!session.mayBegin()) {
            return refuse(request, ErrorCode.ILLEGAL_SASL_STATE, context);
        }
        if (!book.mechanisms().contains(request.mechanism()) || !session.mayUse(request.mechanism())) {
            context.closeAfterAnswer();
            return refuse(request, ErrorCode.UNSUPPORTED_SASL_MECHANISM, context);
        }
        session.begin(request.mechanism(), book.open(request.mechanism()));
        return refuse(request, ErrorCode.NONE, context);
    }

    @Override
    SaslHandshakeResponse refuse(SaslHandshakeRequest request, ErrorCode error, RequestContext context) {
        return new SaslHandshakeResponse()
                .errorCode(error.code())
                .mechanisms(List.copyOf(context.cluster().sasl().mechanisms()));
    }

    @Override
    void throttle(SaslHandshakeResponse answer, int millis, short version) {
        // It cannot carry one.
    }
}
