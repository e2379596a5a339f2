package io.penstock.testkit.fake;

import io.penstock.producer.TopicPartition;
import io.penstock.testkit.fake.ConsumerGroup.Member;
import io.penstock.testkit.fake.Transaction.Identity;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.Message;
import io.penstock.wire.message.TxnOffsetCommitRequest;
import io.penstock.wire.message.TxnOffsetCommitRequest.TxnOffsetCommitRequestPartition;
import io.penstock.wire.message.TxnOffsetCommitRequest.TxnOffsetCommitRequestTopic;
import io.penstock.wire.message.TxnOffsetCommitResponse;
import io.penstock.wire.message.TxnOffsetCommitResponse.TxnOffsetCommitResponsePartition;
import io.penstock.wire.message.TxnOffsetCommitResponse.TxnOffsetCommitResponseTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Offsets that count once the transaction is committed: from version 3 on with the member who read them, from version 5 on
 * taking the group into the transaction by themselves, from version 6 on with topic ids.
 */
final class TxnOffsetCommitHandler extends ApiHandler<TxnOffsetCommitRequest, TxnOffsetCommitResponse> {

    private static final short FIRST_WITH_ABORTABLE = 4;
    private static final short FIRST_THAT_ADDS = 5;
    private static final short FIRST_WITH_IDS = 6;
    private static final int MAX_METADATA_LENGTH = 4_096;

    TxnOffsetCommitHandler() {
        super(ApiKey.TXN_OFFSET_COMMIT, 0, 6);
    }

    @Override
    TxnOffsetCommitResponse handle(TxnOffsetCommitRequest request, RequestContext context) {
        ErrorCode error = judge(request, context);
        return answer(request, (topic, partition) -> {
            FakeTopic found = topic(topic, context);
            if (found == null || found.partition(partition.partitionIndex()) == null) {
                return found == null && context.version() >= FIRST_WITH_IDS
                        ? ErrorCode.UNKNOWN_TOPIC_ID
                        : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
            }
            return error == ErrorCode.NONE ? commit(request, found, partition, context) : error;
        });
    }

    @Override
    TxnOffsetCommitResponse refuse(TxnOffsetCommitRequest request, ErrorCode error, RequestContext context) {
        return answer(request, (topic, partition) -> error);
    }

    @Override
    void throttle(TxnOffsetCommitResponse answer, int millis, short version) {
        answer.throttleTimeMs(millis);
    }

    private static ErrorCode judge(TxnOffsetCommitRequest request, RequestContext context) {
        String groupId = request.groupId();
        if (groupId.isEmpty()) {
            return ErrorCode.INVALID_GROUP_ID;
        }
        ErrorCode misplaced = context.judgeCoordinator(Coordinators.GROUP, groupId);
        if (misplaced != ErrorCode.NONE) {
            return misplaced;
        }
        ErrorCode notInTransaction = judgeTransaction(request, context);
        if (notInTransaction != ErrorCode.NONE) {
            return notInTransaction;
        }
        ErrorCode notAMember = context.cluster()
                .groups()
                .judge(
                        groupId,
                        new Member(request.memberId(), request.groupInstanceId(), request.generationIdOrMemberEpoch()));
        return notAMember == ErrorCode.NONE ? context.cluster().groups().judge(identity(request)) : notAMember;
    }

    private static ErrorCode judgeTransaction(TxnOffsetCommitRequest request, RequestContext context) {
        boolean underWay = Optional.ofNullable(context.cluster().groups().find(request.groupId()))
                .map(group -> group.hasPending(identity(request)))
                .orElse(false);
        if (underWay || !context.broker().release().verifiesTransactions()) {
            return ErrorCode.NONE;
        }
        TopicPartition place = new TopicPartition(GroupBook.TOPIC, Coordinators.partition(request.groupId()));
        TransactionCheck check = new TransactionCheck(request.transactionalId(), identity(request), place);
        return check.run(
                context.cluster(), context.version() >= FIRST_THAT_ADDS, context.version() >= FIRST_WITH_ABORTABLE);
    }

    private static ErrorCode commit(
            TxnOffsetCommitRequest request,
            FakeTopic topic,
            TxnOffsetCommitRequestPartition partition,
            RequestContext context) {
        String metadata = partition.committedMetadata();
        if (metadata != null && metadata.length() > MAX_METADATA_LENGTH) {
            return ErrorCode.OFFSET_METADATA_TOO_LARGE;
        }
        context.cluster()
                .groups()
                .getOrCreate(request.groupId())
                .addPending(
                        identity(request),
                        new TopicPartition(topic.name(), partition.partitionIndex()),
                        new CommittedOffset(partition.committedOffset(), partition.committedLeaderEpoch(), metadata));
        return ErrorCode.NONE;
    }

    private static Identity identity(TxnOffsetCommitRequest request) {
        return new Identity(request.producerId(), request.producerEpoch());
    }

    private static @Nullable FakeTopic topic(TxnOffsetCommitRequestTopic topic, RequestContext context) {
        return Message.ZERO_UUID.equals(topic.topicId())
                ? context.cluster().findTopic(topic.name())
                : context.cluster().findTopic(topic.topicId());
    }

    private interface Step {
        ErrorCode apply(TxnOffsetCommitRequestTopic topic, TxnOffsetCommitRequestPartition partition);
    }

    private static TxnOffsetCommitResponse answer(TxnOffsetCommitRequest request, Step step) {
        List<TxnOffsetCommitResponseTopic> topics = new ArrayList<>();
        for (TxnOffsetCommitRequestTopic topic : request.topics()) {
            List<TxnOffsetCommitResponsePartition> partitions = new ArrayList<>();
            for (TxnOffsetCommitRequestPartition partition : topic.partitions()) {
                partitions.add(new TxnOffsetCommitResponsePartition()
                        .partitionIndex(partition.partitionIndex())
                        .errorCode(step.apply(topic, partition).code()));
            }
            topics.add(new TxnOffsetCommitResponseTopic()
                    .name(topic.name())
                    .topicId(topic.topicId())
                    .partitions(partitions));
        }
        return new TxnOffsetCommitResponse().topics(topics);
    }
}
