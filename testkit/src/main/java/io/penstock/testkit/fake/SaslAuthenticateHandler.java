package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.SaslAuthenticateRequest;
import io.penstock.wire.message.SaslAuthenticateResponse;

/** The messages of a SASL exchange, one request each; from version 1 on with the session's lifetime (KIP-368). */
final class SaslAuthenticateHandler extends ApiHandler<SaslAuthenticateRequest, SaslAuthenticateResponse> {

    private static final short FIRST_WITH_LIFETIME = 1;

    SaslAuthenticateHandler() {
        super(ApiKey.SASL_AUTHENTICATE, 0, 2);
    }

    @Override
    SaslAuthenticateResponse handle(SaslAuthenticateRequest request, RequestContext context) {
        SaslSession session = context.sasl();
        SaslServer server = session.exchange();
        if (server == null) {
            return refuse(request, ErrorCode.ILLEGAL_SASL_STATE, context);
        }
        try {
            byte[] honest = server.answer(request.authBytes());
            byte[] answer = context.cluster().sasl().tampered(session.mechanism(), session.nextStep(), honest);
            return server.isDone() ? succeed(server, answer, context) : answer(answer);
        } catch (SaslRefusal e) {
            return fail(String.valueOf(e.getMessage()), context);
        }
    }

    @Override
    SaslAuthenticateResponse refuse(SaslAuthenticateRequest request, ErrorCode error, RequestContext context) {
        return new SaslAuthenticateResponse()
                .errorCode(error.code())
                .errorMessage(error.toString())
                .authBytes(new byte[0]);
    }

    @Override
    void throttle(SaslAuthenticateResponse answer, int millis, short version) {
        // It cannot carry one.
    }

    private static SaslAuthenticateResponse answer(byte[] bytes) {
        return new SaslAuthenticateResponse().authBytes(bytes);
    }

    private static SaslAuthenticateResponse succeed(SaslServer server, byte[] bytes, RequestContext context) {
        SaslBook book = context.cluster().sasl();
        long now = context.cluster().host().nanoTime();
        if (!context.sasl().succeed(server.principal(), book.lifetime(), now)) {
            return fail("Cannot change principals during re-authentication", context);
        }
        book.count(true);
        SaslAuthenticateResponse answer = answer(bytes);
        return context.version() >= FIRST_WITH_LIFETIME
                ? answer.sessionLifetimeMs(book.lifetime().toMillis())
                : answer;
    }

    private static SaslAuthenticateResponse fail(String why, RequestContext context) {
        context.cluster().sasl().count(false);
        context.closeAfterAnswer();
        return new SaslAuthenticateResponse()
                .errorCode(ErrorCode.SASL_AUTHENTICATION_FAILED.code())
                .errorMessage(why)
                .authBytes(new byte[0]);
    }
}
