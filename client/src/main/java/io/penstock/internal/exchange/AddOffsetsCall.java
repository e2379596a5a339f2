package io.penstock.internal.exchange;

import io.penstock.internal.network.NegotiatedVersions;
import io.penstock.internal.transaction.CoordinatorCommand.AddOffsets;
import io.penstock.wire.WireReader;
import io.penstock.wire.message.AddOffsetsToTxnRequest;
import io.penstock.wire.message.AddOffsetsToTxnResponse;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.Request;

/** Brings a group's offsets into a transaction of the first protocol. */
final class AddOffsetsCall extends CoordinatorCall {

    private final AddOffsets command;

    AddOffsetsCall(AddOffsets command, Way way) {
        super(command, way);
        this.command = command;
    }

    @Override
    ApiKey key() {
        return ApiKey.ADD_OFFSETS_TO_TXN;
    }

    @Override
    short version(NegotiatedVersions offered) {
        return offered.highest(ApiKey.ADD_OFFSETS_TO_TXN);
    }

    @Override
    Request request(short version) {
        return new AddOffsetsToTxnRequest()
                .transactionalId(command.transactionalId())
                .producerId(command.identity().producerId())
                .producerEpoch(command.identity().epoch())
                .groupId(command.groupId());
    }

    @Override
    Reply read(WireReader body, short version) {
        AddOffsetsToTxnResponse response = new AddOffsetsToTxnResponse();
        response.read(body, version);
        return new Reply(of(response.errorCode()), response.throttleTimeMs());
    }

    @Override
    String context() {
        return "Adding group " + command.groupId() + " to the transaction of " + command.transactionalId();
    }
}
