package io.penstock.testkit.fake;

import io.penstock.producer.TopicPartition;
import io.penstock.testkit.fake.Transaction.Identity;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.AddPartitionsToTxnRequest;
import io.penstock.wire.message.AddPartitionsToTxnRequest.AddPartitionsToTxnTopic;
import io.penstock.wire.message.AddPartitionsToTxnRequest.AddPartitionsToTxnTransaction;
import io.penstock.wire.message.AddPartitionsToTxnResponse;
import io.penstock.wire.message.AddPartitionsToTxnResponse.AddPartitionsToTxnPartitionResult;
import io.penstock.wire.message.AddPartitionsToTxnResponse.AddPartitionsToTxnResult;
import io.penstock.wire.message.AddPartitionsToTxnResponse.AddPartitionsToTxnTopicResult;
import io.penstock.wire.message.ApiKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Takes partitions into transactions: all of a request or, when one of them is not there, none. From version 4 on for many
 * transactions, which is how brokers ask each other.
 */
final class AddPartitionsToTxnHandler extends ApiHandler<AddPartitionsToTxnRequest, AddPartitionsToTxnResponse> {

    private static final short FIRST_WITH_PRODUCER_FENCED = 2;
    private static final short FIRST_WITH_MANY = 4;

    AddPartitionsToTxnHandler() {
        super(ApiKey.ADD_PARTITIONS_TO_TXN, 0, 5);
    }

    @Override
    AddPartitionsToTxnResponse handle(AddPartitionsToTxnRequest request, RequestContext context) {
        return answer(request, context, transaction -> results(transaction, context));
    }

    @Override
    AddPartitionsToTxnResponse refuse(AddPartitionsToTxnRequest request, ErrorCode error, RequestContext context) {
        return answer(
                request, context, transaction -> results(transaction.topics(), partition -> older(error, context)));
    }

    @Override
    void throttle(AddPartitionsToTxnResponse answer, int millis, short version) {
        answer.throttleTimeMs(millis);
    }

    private static AddPartitionsToTxnResponse answer(
            AddPartitionsToTxnRequest request,
            RequestContext context,
            Function<AddPartitionsToTxnTransaction, List<AddPartitionsToTxnTopicResult>> results) {
        if (context.version() >= FIRST_WITH_MANY) {
            return new AddPartitionsToTxnResponse()
                    .resultsByTransaction(request.transactions().stream()
                            .map(transaction -> new AddPartitionsToTxnResult()
                                    .transactionalId(transaction.transactionalId())
                                    .topicResults(results.apply(transaction)))
                            .toList());
        }
        AddPartitionsToTxnTransaction only = new AddPartitionsToTxnTransaction()
                .transactionalId(request.v3AndBelowTransactionalId())
                .producerId(request.v3AndBelowProducerId())
                .producerEpoch(request.v3AndBelowProducerEpoch())
                .topics(request.v3AndBelowTopics());
        return new AddPartitionsToTxnResponse().resultsByTopicV3AndBelow(results.apply(only));
    }

    private static List<AddPartitionsToTxnTopicResult> results(
            AddPartitionsToTxnTransaction asked, RequestContext context) {
        List<TopicPartition> partitions = partitions(asked);
        List<TopicPartition> missing = partitions.stream()
                .filter(partition -> !context.cluster().isPlace(partition))
                .toList();
        if (!missing.isEmpty()) {
            return results(
                    asked.topics(),
                    partition -> missing.contains(partition)
                            ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                            : ErrorCode.OPERATION_NOT_ATTEMPTED);
        }
        String id = asked.transactionalId();
        Identity by = new Identity(asked.producerId(), asked.producerEpoch());
        ErrorCode misplaced = context.judgeCoordinator(Coordinators.TRANSACTION, id);
        TransactionCoordinator coordinator = context.cluster().transactions();
        if (misplaced != ErrorCode.NONE && !id.isEmpty()) {
            return results(asked.topics(), partition -> misplaced);
        }
        if (asked.verifyOnly()) {
            return results(asked.topics(), partition -> older(coordinator.verify(id, by, partition), context));
        }
        ErrorCode error = older(coordinator.add(id, by, partitions), context);
        return results(asked.topics(), partition -> error);
    }

    private static List<TopicPartition> partitions(AddPartitionsToTxnTransaction asked) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (AddPartitionsToTxnTopic topic : asked.topics()) {
            for (int index : topic.partitions()) {
                partitions.add(new TopicPartition(topic.name(), index));
            }
        }
        return partitions;
    }

    private static List<AddPartitionsToTxnTopicResult> results(
            List<AddPartitionsToTxnTopic> topics, Function<TopicPartition, ErrorCode> error) {
        List<AddPartitionsToTxnTopicResult> results = new ArrayList<>();
        for (AddPartitionsToTxnTopic topic : topics) {
            List<AddPartitionsToTxnPartitionResult> partitions = new ArrayList<>();
            for (int index : topic.partitions()) {
                partitions.add(new AddPartitionsToTxnPartitionResult()
                        .partitionIndex(index)
                        .partitionErrorCode(error.apply(new TopicPartition(topic.name(), index))
                                .code()));
            }
            results.add(new AddPartitionsToTxnTopicResult().name(topic.name()).resultsByPartition(partitions));
        }
        return results;
    }

    private static ErrorCode older(ErrorCode error, RequestContext context) {
        return older(error, context.version() < FIRST_WITH_PRODUCER_FENCED);
    }
}
