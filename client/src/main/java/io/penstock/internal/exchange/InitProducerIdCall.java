package io.penstock.internal.exchange;

import io.penstock.internal.identity.ProducerIdentity;
import io.penstock.internal.network.NegotiatedVersions;
import io.penstock.internal.transaction.CoordinatorAnswer;
import io.penstock.internal.transaction.CoordinatorCommand.InitProducerId;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.WireFormatException;
import io.penstock.wire.WireReader;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.InitProducerIdRequest;
import io.penstock.wire.message.InitProducerIdResponse;
import io.penstock.wire.message.Request;

/** Asks the coordinator for the transactional id's producer id, or for the next epoch of the one we have. */
final class InitProducerIdCall extends CoordinatorCall {

    /** From here on the epoch of an id can be raised without being fenced (KIP-360). */
    private static final short RAISE_VERSION = 3;

    /** Two-phase commit (KIP-939). */
    private static final short TWO_PHASE_VERSION = 6;

    private final InitProducerId command;

    InitProducerIdCall(InitProducerId command, Way way) {
        super(command, way);
        this.command = command;
    }

    @Override
    ApiKey key() {
        return ApiKey.INIT_PRODUCER_ID;
    }

    @Override
    short version(NegotiatedVersions offered) {
        if (needsTwoPhases()) {
            return offered.offers(ApiKey.INIT_PRODUCER_ID, TWO_PHASE_VERSION) ? TWO_PHASE_VERSION : -1;
        }
        short highest = offered.highest(ApiKey.INIT_PRODUCER_ID);
        return !command.current().isNone() && highest < RAISE_VERSION ? -1 : highest;
    }

    private boolean needsTwoPhases() {
        return command.twoPhaseCommit() || command.keepPrepared();
    }

    @Override
    Request request(short version) {
        InitProducerIdRequest request = new InitProducerIdRequest()
                .transactionalId(command.transactionalId())
                .transactionTimeoutMs(command.timeoutMillis());
        if (version >= RAISE_VERSION) {
            request.producerId(command.current().producerId())
                    .producerEpoch(command.current().epoch());
        }
        if (version >= TWO_PHASE_VERSION) {
            request.enable2Pc(command.twoPhaseCommit()).keepPreparedTxn(command.keepPrepared());
        }
        return request;
    }

    @Override
    Reply read(WireReader body, short version) {
        InitProducerIdResponse response = new InitProducerIdResponse();
        response.read(body, version);
        CoordinatorAnswer answer = of(ErrorCode.forCode(response.errorCode()));
        if (answer.error() == ErrorCode.NONE) {
            if (response.producerId() < 0 || response.producerEpoch() < 0) {
                throw new WireFormatException("The producer id given is " + response.producerId() + ", its epoch "
                        + response.producerEpoch());
            }
            answer = CoordinatorAnswer.given(
                    new ProducerIdentity(response.producerId(), response.producerEpoch()),
                    new ProducerIdentity(response.ongoingTxnProducerId(), response.ongoingTxnProducerEpoch()));
        }
        return new Reply(answer, response.throttleTimeMs());
    }

    private CoordinatorAnswer of(ErrorCode error) {
        return error == ErrorCode.NONE
                ? CoordinatorAnswer.done()
                : CoordinatorAnswer.refused(error, BrokerErrors.of(error, null, where() + whyNot(error)));
    }

    /** What a broker means that knows two-phase commit and does not want it. */
    private String whyNot(ErrorCode error) {
        if (command.keepPrepared() && error == ErrorCode.UNSUPPORTED_VERSION) {
            return " (it cannot keep a prepared transaction over a restart, as Kafka 4.4.0 cannot; initTransactions()"
                    + " without true aborts it)";
        }
        return command.twoPhaseCommit() && error == ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
                ? " (two-phase commit needs transaction.two.phase.commit.enable=true on the brokers, and the permission"
                        + " TWO_PHASE_COMMIT on the transactional.id)"
                : "";
    }

    @Override
    String context() {
        return (command.current().isNone() ? "Producer id" : "Next epoch") + " of transactional.id "
                + command.transactionalId();
    }

    @Override
    String needs() {
        return needsTwoPhases()
                ? "two-phase commit (transaction.two.phase.commit.enable, initTransactions(true)) needs version 6 of"
                        + " InitProducerId, which brokers of Kafka 4.x offer with unstable.api.versions.enable=true"
                : "only brokers of Kafka 2.5 or later let a producer go on after such a failure; make a new producer";
    }
}
