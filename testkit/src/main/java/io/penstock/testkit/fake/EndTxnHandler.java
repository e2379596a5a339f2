package io.penstock.testkit.fake;

import io.penstock.testkit.fake.Transaction.Identity;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.EndTxnRequest;
import io.penstock.wire.message.EndTxnResponse;

/** Commits or aborts: under transaction version 1 up to version 4, from version 5 on with a new epoch (KIP-890). */
final class EndTxnHandler extends ApiHandler<EndTxnRequest, EndTxnResponse> {

    private static final short FIRST_WITH_PRODUCER_FENCED = 2;
    private static final short FIRST_WITH_EPOCH = 5;

    EndTxnHandler() {
        super(ApiKey.END_TXN, 0, 5);
    }

    @Override
    EndTxnResponse handle(EndTxnRequest request, RequestContext context) {
        String id = request.transactionalId();
        ErrorCode misplaced = context.judgeCoordinator(Coordinators.TRANSACTION, id);
        if (misplaced != ErrorCode.NONE && !id.isEmpty()) {
            return refuse(request, misplaced, context);
        }
        boolean raisesEpoch = context.version() >= FIRST_WITH_EPOCH;
        TransactionEnd.Result result = context.cluster()
                .transactions()
                .end(id, new Identity(request.producerId(), request.producerEpoch()), request.committed(), raisesEpoch);
        EndTxnResponse answer = refuse(request, result.error(), context);
        return raisesEpoch
                ? answer.producerId(result.next().producerId())
                        .producerEpoch(result.next().epoch())
                : answer;
    }

    @Override
    EndTxnResponse refuse(EndTxnRequest request, ErrorCode error, RequestContext context) {
        return new EndTxnResponse()
                .errorCode(older(error, context.version() < FIRST_WITH_PRODUCER_FENCED)
                        .code());
    }

    @Override
    void throttle(EndTxnResponse answer, int millis, short version) {
        answer.throttleTimeMs(millis);
    }
}
