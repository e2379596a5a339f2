package io.penstock.internal.exchange;

import io.penstock.internal.identity.ProducerIdentity;
import io.penstock.internal.network.NegotiatedVersions;
import io.penstock.internal.transaction.CoordinatorAnswer;
import io.penstock.internal.transaction.CoordinatorCommand.EndTransaction;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.WireReader;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.EndTxnRequest;
import io.penstock.wire.message.EndTxnResponse;
import io.penstock.wire.message.Request;

/** Commits or aborts; version 5 means the second protocol and brings the epoch of the next transaction. */
final class EndTransactionCall extends CoordinatorCall {

    private final EndTransaction command;

    EndTransactionCall(EndTransaction command, Way way) {
        super(command, way);
        this.command = command;
    }

    @Override
    ApiKey key() {
        return ApiKey.END_TXN;
    }

    @Override
    short version(NegotiatedVersions offered) {
        return offered.highest(ApiKey.END_TXN, command.protocol().endCap());
    }

    @Override
    Request request(short version) {
        return new EndTxnRequest()
                .transactionalId(command.transactionalId())
                .producerId(command.identity().producerId())
                .producerEpoch(command.identity().epoch())
                .committed(command.committed());
    }

    @Override
    Reply read(WireReader body, short version) {
        EndTxnResponse response = new EndTxnResponse();
        response.read(body, version);
        CoordinatorAnswer answer = of(response.errorCode());
        if (answer.error() == ErrorCode.NONE && response.producerId() >= 0 && response.producerEpoch() >= 0) {
            answer = CoordinatorAnswer.given(
                    new ProducerIdentity(response.producerId(), response.producerEpoch()), ProducerIdentity.NONE);
        }
        return new Reply(answer, response.throttleTimeMs());
    }

    @Override
    String context() {
        return (command.committed() ? "Commit" : "Abort") + " of the transaction of " + command.transactionalId();
    }
}
