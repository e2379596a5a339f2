package io.penstock.internal.exchange;

import io.penstock.errors.KafkaException;
import io.penstock.internal.cluster.BrokerNode;
import io.penstock.internal.cluster.ClusterTracker;
import io.penstock.internal.network.Connection;
import io.penstock.internal.network.ResponseHandler;
import io.penstock.internal.sender.BatchOutcome;
import io.penstock.internal.sender.OutboundBatch;
import io.penstock.internal.sender.OutcomeListener;
import io.penstock.internal.sender.ProducePlan;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.WireFormatException;
import io.penstock.wire.WireReader;
import io.penstock.wire.message.ProduceResponse;
import io.penstock.wire.message.ProduceResponse.BatchIndexAndErrorMessage;
import io.penstock.wire.message.ProduceResponse.NodeEndpoint;
import io.penstock.wire.message.ProduceResponse.PartitionProduceResponse;
import io.penstock.wire.message.ProduceResponse.TopicProduceResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One produce request that is on its way.
 *
 * <p>Loop only. Reads the whole answer before it reports anything of it, so that a malformed one is as good as none.
 */
final class ProduceCall implements ResponseHandler {

    /** From here on the broker answers before it throttles, and trusts the client to keep away (KIP-219). */
    private static final short CLIENT_THROTTLES_VERSION = 6;

    private static final short TOPIC_ID_VERSION = 13;

    private final ProducePlan plan;
    private final short version;
    private final Map<UUID, String> topicNames;
    private final Connection connection;
    private final ClusterTracker cluster;
    private final OutcomeListener listener;
    private final ThrottleListener throttles;

    ProduceCall(
            ProducePlan plan,
            short version,
            Map<UUID, String> topicNames,
            Connection connection,
            ClusterTracker cluster,
            OutcomeListener listener,
            ThrottleListener throttles) {
        this.plan = plan;
        this.version = version;
        this.topicNames = topicNames;
        this.connection = connection;
        this.cluster = cluster;
        this.listener = listener;
        this.throttles = throttles;
    }

    @Override
    public void onResponse(WireReader body, long nowNanos) {
        ProduceResponse response = new ProduceResponse();
        response.read(body, version);
        Map<String, Map<Integer, PartitionProduceResponse>> answers = byPartition(response);
        for (OutboundBatch batch : plan.batches()) {
            if (answerFor(batch, answers) == null) {
                throw new WireFormatException(
                        "The answer says nothing of " + batch.topic() + "-" + batch.partition() + ", which was sent");
            }
        }
        throttles.onThrottle(response.throttleTimeMs(), nowNanos);
        if (response.throttleTimeMs() > 0 && version >= CLIENT_THROTTLES_VERSION) {
            connection.throttleUntil(nowNanos + TimeUnit.MILLISECONDS.toNanos(response.throttleTimeMs()));
        }
        takeLeaderHints(response, answers, nowNanos);
        for (OutboundBatch batch : plan.batches()) {
            PartitionProduceResponse answer = answerFor(batch, answers);
            if (answer != null) {
                listener.onOutcome(batch, outcomeOf(batch, answer), nowNanos);
            }
        }
    }

    @Override
    public void onLost(Throwable cause, boolean mayHaveArrived, long nowNanos) {
        for (OutboundBatch batch : plan.batches()) {
            KafkaException told = ConnectionErrors.of(cause);
            listener.onLost(batch, told, mayHaveArrived, nowNanos);
        }
    }

    @Override
    public void onWritten(long nowNanos) {
        if (plan.acks() == 0) {
            for (OutboundBatch batch : plan.batches()) {
                listener.onOutcome(batch, BatchOutcome.written(-1, -1), nowNanos);
            }
        }
    }

    private Map<String, Map<Integer, PartitionProduceResponse>> byPartition(ProduceResponse response) {
        Map<String, Map<Integer, PartitionProduceResponse>> answers = new HashMap<>();
        for (TopicProduceResponse topic : response.responses()) {
            String name = version >= TOPIC_ID_VERSION ? topicNames.get(topic.topicId()) : topic.name();
            if (name == null) {
                throw new WireFormatException("The answer is for a topic id that was not sent: " + topic.topicId());
            }
            Map<Integer, PartitionProduceResponse> partitions = answers.computeIfAbsent(name, key -> new HashMap<>());
            for (PartitionProduceResponse partition : topic.partitionResponses()) {
                partitions.put(partition.index(), partition);
            }
        }
        return answers;
    }

    private static @Nullable PartitionProduceResponse answerFor(
            OutboundBatch batch, Map<String, Map<Integer, PartitionProduceResponse>> answers) {
        Map<Integer, PartitionProduceResponse> topic = answers.get(batch.topic());
        return topic == null ? null : topic.get(batch.partition());
    }

    private void takeLeaderHints(
            ProduceResponse response, Map<String, Map<Integer, PartitionProduceResponse>> answers, long nowNanos) {
        Map<Integer, NodeEndpoint> endpoints = new HashMap<>();
        for (NodeEndpoint endpoint : response.nodeEndpoints()) {
            endpoints.put(endpoint.nodeId(), endpoint);
        }
        answers.forEach((topic, partitions) -> partitions.forEach((index, answer) -> {
            int leader = answer.currentLeader().leaderId();
            if (leader >= 0) {
                NodeEndpoint at = endpoints.get(leader);
                BrokerNode node = at == null ? null : new BrokerNode(leader, at.host(), at.port(), at.rack());
                cluster.onLeaderHint(
                        topic, index, leader, answer.currentLeader().leaderEpoch(), node, nowNanos);
            }
        }));
    }

    private static BatchOutcome outcomeOf(OutboundBatch batch, PartitionProduceResponse answer) {
        ErrorCode error = ErrorCode.forCode(answer.errorCode());
        if (error == ErrorCode.NONE) {
            return BatchOutcome.written(answer.baseOffset(), answer.logAppendTimeMs());
        }
        String where = batch.topic() + "-" + batch.partition();
        Map<Integer, KafkaException> perRecord = null;
        if (!answer.recordErrors().isEmpty()) {
            perRecord = new HashMap<>();
            for (BatchIndexAndErrorMessage each : answer.recordErrors()) {
                String message =
                        each.batchIndexErrorMessage() == null ? answer.errorMessage() : each.batchIndexErrorMessage();
                perRecord.put(each.batchIndex(), BrokerErrors.of(error, message, where));
            }
        }
        return BatchOutcome.refused(error, BrokerErrors.of(error, answer.errorMessage(), where), perRecord);
    }
}
