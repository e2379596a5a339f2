package io.penstock.testkit.fake;

import io.penstock.testkit.fake.Transaction.Identity;
import io.penstock.testkit.fake.TransactionCoordinator.InitRequest;
import io.penstock.testkit.fake.TransactionCoordinator.InitResult;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.InitProducerIdRequest;
import io.penstock.wire.message.InitProducerIdResponse;

/**
 * An identity to write under: a new producer id; for a transactional id the next epoch of the one it has; from version 3 on
 * also for a producer that says which one it has (KIP-360), from version 6 on with two-phase commit (KIP-939).
 */
final class InitProducerIdHandler extends ApiHandler<InitProducerIdRequest, InitProducerIdResponse> {

    private static final short FIRST_WITH_PRODUCER_FENCED = 4;
    private static final short FIRST_WITH_TWO_PHASE = 6;

    InitProducerIdHandler() {
        super(ApiKey.INIT_PRODUCER_ID, 0, 6);
    }

    @Override
    InitProducerIdResponse handle(InitProducerIdRequest request, RequestContext context) {
        Identity expected = new Identity(request.producerId(), request.producerEpoch());
        if ((expected.producerId() < 0) != (expected.epoch() < 0)) {
            return refuse(request, ErrorCode.INVALID_REQUEST, context);
        }
        String transactionalId = request.transactionalId();
        if (transactionalId == null) {
            return new InitProducerIdResponse()
                    .producerId(context.cluster().takeProducerId())
                    .producerEpoch((short) 0);
        }
        ErrorCode error = judge(request, transactionalId, context);
        if (error != ErrorCode.NONE) {
            return refuse(request, error, context);
        }
        InitResult result = context.cluster()
                .transactions()
                .init(new InitRequest(
                        transactionalId,
                        request.transactionTimeoutMs(),
                        expected.producerId() < 0 ? Identity.NONE : expected,
                        request.enable2Pc(),
                        request.keepPreparedTxn()));
        return result.error() == ErrorCode.NONE
                ? found(result, context.version())
                : refuse(request, result.error(), context);
    }

    @Override
    InitProducerIdResponse refuse(InitProducerIdRequest request, ErrorCode error, RequestContext context) {
        return new InitProducerIdResponse()
                .errorCode(ApiHandler.older(error, context.version() < FIRST_WITH_PRODUCER_FENCED)
                        .code())
                .producerId(-1)
                .producerEpoch((short) -1);
    }

    @Override
    void throttle(InitProducerIdResponse answer, int millis, short version) {
        answer.throttleTimeMs(millis);
    }

    /** In the order in which a broker looks at it. */
    private static ErrorCode judge(InitProducerIdRequest request, String transactionalId, RequestContext context) {
        TwoPhaseCommit twoPhase = context.cluster().options().twoPhaseCommit();
        if (transactionalId.isEmpty()) {
            return ErrorCode.INVALID_REQUEST;
        }
        if (request.enable2Pc() && twoPhase == TwoPhaseCommit.OFF) {
            return ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
        }
        if (request.keepPreparedTxn() && twoPhase != TwoPhaseCommit.FULL) {
            return ErrorCode.UNSUPPORTED_VERSION;
        }
        if (!request.enable2Pc() && !TransactionCoordinator.isValidTimeout(request.transactionTimeoutMs())) {
            return ErrorCode.INVALID_TRANSACTION_TIMEOUT;
        }
        return context.judgeCoordinator(Coordinators.TRANSACTION, transactionalId);
    }

    private static InitProducerIdResponse found(InitResult result, short version) {
        InitProducerIdResponse answer = new InitProducerIdResponse()
                .producerId(result.identity().producerId())
                .producerEpoch(result.identity().epoch());
        return version < FIRST_WITH_TWO_PHASE
                ? answer
                : answer.ongoingTxnProducerId(result.ongoing().producerId())
                        .ongoingTxnProducerEpoch(result.ongoing().epoch());
    }
}
