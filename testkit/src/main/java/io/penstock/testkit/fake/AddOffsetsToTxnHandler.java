package io.penstock.testkit.fake;

import io.penstock.producer.TopicPartition;
import io.penstock.testkit.fake.Transaction.Identity;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.AddOffsetsToTxnRequest;
import io.penstock.wire.message.AddOffsetsToTxnResponse;
import io.penstock.wire.message.ApiKey;
import java.util.List;

/** Takes a group's offsets into a transaction, in all versions by the partition that they are stored in. */
final class AddOffsetsToTxnHandler extends ApiHandler<AddOffsetsToTxnRequest, AddOffsetsToTxnResponse> {

    private static final short FIRST_WITH_PRODUCER_FENCED = 2;

    AddOffsetsToTxnHandler() {
        super(ApiKey.ADD_OFFSETS_TO_TXN, 0, 4);
    }

    @Override
    AddOffsetsToTxnResponse handle(AddOffsetsToTxnRequest request, RequestContext context) {
        String id = request.transactionalId();
        ErrorCode misplaced = context.judgeCoordinator(Coordinators.TRANSACTION, id);
        if (misplaced != ErrorCode.NONE && !id.isEmpty()) {
            return refuse(request, misplaced, context);
        }
        TopicPartition place = new TopicPartition(GroupBook.TOPIC, Coordinators.partition(request.groupId()));
        Identity by = new Identity(request.producerId(), request.producerEpoch());
        return refuse(request, context.cluster().transactions().add(id, by, List.of(place)), context);
    }

    @Override
    AddOffsetsToTxnResponse refuse(AddOffsetsToTxnRequest request, ErrorCode error, RequestContext context) {
        return new AddOffsetsToTxnResponse()
                .errorCode(older(error, context.version() < FIRST_WITH_PRODUCER_FENCED)
                        .code());
    }

    @Override
    void throttle(AddOffsetsToTxnResponse answer, int millis, short version) {
        answer.throttleTimeMs(millis);
    }
}
