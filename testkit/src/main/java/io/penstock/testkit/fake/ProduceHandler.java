package io.penstock.testkit.fake;

import io.penstock.testkit.fake.MetadataImage.BrokerImage;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.Message;
import io.penstock.wire.message.ProduceRequest;
import io.penstock.wire.message.ProduceRequest.PartitionProduceData;
import io.penstock.wire.message.ProduceRequest.TopicProduceData;
import io.penstock.wire.message.ProduceResponse;
import io.penstock.wire.message.ProduceResponse.BatchIndexAndErrorMessage;
import io.penstock.wire.message.ProduceResponse.LeaderIdAndEpoch;
import io.penstock.wire.message.ProduceResponse.NodeEndpoint;
import io.penstock.wire.message.ProduceResponse.PartitionProduceResponse;
import io.penstock.wire.message.ProduceResponse.TopicProduceResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Appends batches: finds each one's partition, leaves the judgement to {@link PartitionAppend}, and hints at new leaders. */
final class ProduceHandler extends ApiHandler<ProduceRequest, ProduceResponse> {

    private static final short FIRST_WITH_LOG_START = 5;
    private static final short FIRST_WITH_MESSAGES = 8;
    private static final short FIRST_WITH_HINTS = 10;

    ProduceHandler() {
        super(ApiKey.PRODUCE, 3, 13);
    }

    @Override
    @Nullable
    ProduceResponse handle(ProduceRequest request, RequestContext context) {
        SeenRequest seen = context.seen();
        context.quotaNanos(context.cluster()
                .quotas()
                .throttleNanos(
                        seen.brokerId(),
                        seen.clientId(),
                        seen.sizeBytes(),
                        context.cluster().host().nanoTime()));
        if (request.transactionalId() == null && BatchRules.anyTransactional(request)) {
            return refuse(request, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED, context);
        }
        return answer(request, context, (topic, data) -> {
            String name = topic == null ? "" : topic.name();
            ErrorCode instead = context.faults().error(Fault.Kind.ERROR_INSTEAD, name, data.index());
            if (instead != ErrorCode.NONE) {
                return PartitionAppend.Result.of(instead);
            }
            PartitionAppend.Result result = PartitionAppend.append(request, topic, data, context);
            ErrorCode after = context.faults().error(Fault.Kind.ERROR_AFTER, name, data.index());
            boolean asked = after != ErrorCode.NONE;
            // What was not appended is nobody's double.
            boolean wrong = after == ErrorCode.DUPLICATE_SEQUENCE_NUMBER && result.error() != ErrorCode.NONE;
            return asked && !wrong ? PartitionAppend.Result.of(after) : result;
        });
    }

    @Override
    @Nullable
    ProduceResponse refuse(ProduceRequest request, ErrorCode error, RequestContext context) {
        return answer(request, context, (topic, data) -> PartitionAppend.Result.of(error));
    }

    @Override
    void throttle(ProduceResponse answer, int millis, short version) {
        answer.throttleTimeMs(millis);
    }

    private interface Step {
        PartitionAppend.Result apply(@Nullable FakeTopic topic, PartitionProduceData data);
    }

    private static @Nullable ProduceResponse answer(ProduceRequest request, RequestContext context, Step step) {
        ProduceResponse answer = new ProduceResponse().responses(new ArrayList<>());
        Set<Integer> hinted = new TreeSet<>();
        boolean failed = false;
        for (TopicProduceData data : request.topicData()) {
            FakeTopic topic = topic(data, context);
            TopicProduceResponse topicAnswer = new TopicProduceResponse()
                    .name(data.name())
                    .topicId(data.topicId())
                    .partitionResponses(new ArrayList<>());
            answer.responses().add(topicAnswer);
            for (PartitionProduceData partitionData : data.partitionData()) {
                PartitionAppend.Result result = step.apply(topic, partitionData);
                failed |= result.error() != ErrorCode.NONE;
                PartitionProduceResponse partition = partition(partitionData.index(), result, context.version());
                hint(partition, result, topic, context, hinted);
                topicAnswer.partitionResponses().add(partition);
            }
        }
        if (request.acks() == 0) {
            if (failed) {
                context.closeConnection();
            }
            return null;
        }
        return hinted.isEmpty() ? answer : answer.nodeEndpoints(endpoints(hinted, context));
    }

    /** From version 13 on by id alone. */
    static @Nullable FakeTopic topic(TopicProduceData data, RequestContext context) {
        return Message.ZERO_UUID.equals(data.topicId())
                ? context.cluster().findTopic(data.name())
                : context.cluster().findTopic(data.topicId());
    }

    private static PartitionProduceResponse partition(int index, PartitionAppend.Result result, short version) {
        PartitionProduceResponse partition = new PartitionProduceResponse()
                .index(index)
                .errorCode(result.error().code())
                .baseOffset(result.baseOffset())
                .logAppendTimeMs(result.appendTime());
        if (version >= FIRST_WITH_LOG_START) {
            partition.logStartOffset(result.baseOffset() < 0 ? -1 : 0);
        }
        if (version >= FIRST_WITH_MESSAGES && result.message() != null) {
            partition.errorMessage(result.message());
        }
        if (version >= FIRST_WITH_MESSAGES && !result.refusals().isEmpty()) {
            partition.recordErrors(result.refusals().stream()
                    .map(refusal -> new BatchIndexAndErrorMessage()
                            .batchIndex(refusal.index())
                            .batchIndexErrorMessage(refusal.message()))
                    .toList());
        }
        return partition;
    }

    /** Tells who leads instead (KIP-951). */
    private static void hint(
            PartitionProduceResponse partition,
            PartitionAppend.Result result,
            @Nullable FakeTopic topic,
            RequestContext context,
            Set<Integer> hinted) {
        FakePartition led = topic == null ? null : topic.partition(partition.index());
        if (led == null
                || context.version() < FIRST_WITH_HINTS
                || (result.error() != ErrorCode.NOT_LEADER_OR_FOLLOWER
                        && result.error() != ErrorCode.FENCED_LEADER_EPOCH)) {
            return;
        }
        partition.currentLeader(new LeaderIdAndEpoch().leaderId(led.leaderId()).leaderEpoch(led.leaderEpoch()));
        if (led.leaderId() >= 0) {
            hinted.add(led.leaderId());
        }
    }

    private static List<NodeEndpoint> endpoints(Set<Integer> ids, RequestContext context) {
        MetadataImage image = context.cluster().image();
        List<NodeEndpoint> endpoints = new ArrayList<>();
        for (int id : ids) {
            BrokerImage broker = image.broker(id);
            if (broker != null) {
                endpoints.add(new NodeEndpoint()
                        .nodeId(id)
                        .host(broker.host())
                        .port(broker.port())
                        .rack(broker.rack()));
            }
        }
        return endpoints;
    }
}
