package io.penstock.internal.exchange;

import io.penstock.errors.KafkaException;
import io.penstock.internal.cluster.BrokerNode;
import io.penstock.internal.cluster.ClusterKnowledge;
import io.penstock.internal.exchange.ProduceFrame.TopicBatches;
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
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One produce request that is on its way.
 *
 * <p>Loop only. Reads the whole answer before it reports anything of it, so that a malformed one is as good as none.
 */
final class ProduceCall implements ResponseHandler {

    /** From here on the broker answers before it throttles, and trusts the client to keep away (KIP-219). */
    private static final short CLIENT_THROTTLES_VERSION = 6;

    private static final short TOPIC_ID_VERSION = 13;
    private static final ByteBuffer[] NONE = {};

    private final ProducePlan plan;
    private final short version;
    private final List<TopicBatches> topics;
    private final Connection connection;
    private final OutcomeListener listener;
    private final CallRooms rooms;

    /** The request's own bytes, empty once they have gone back. */
    private ByteBuffer[] own = NONE;

    /** @param plan its batches in the order in which they were written, grouped by topic */
    ProduceCall(
            ProducePlan plan,
            short version,
            List<TopicBatches> topics,
            Connection connection,
            OutcomeListener listener,
            CallRooms rooms) {
        this.plan = plan;
        this.version = version;
        this.topics = topics;
        this.connection = connection;
        this.listener = listener;
        this.rooms = rooms;
    }

    /** These go back when nothing of the network reads them any more. */
    void holds(ByteBuffer[] buffer) {
        own = buffer;
    }

    @Override
    public void onResponse(WireReader body, long nowNanos) {
        PlainAnswer plain = rooms.plain();
        List<OutboundBatch> batches = plan.batches();
        if (!plain.reads(body, version, topics, batches)) {
            onAnswer(body, nowNanos);
            return;
        }
        release();
        throttle(plain.throttleMillis(), nowNanos);
        for (int i = 0; i < batches.size(); i++) {
            listener.onWritten(batches.get(i), plain.baseOffset(i), plain.appendTime(i), nowNanos);
        }
    }

    /** Any answer, by its message. */
    private void onAnswer(WireReader body, long nowNanos) {
        ProduceResponse response = new ProduceResponse();
        response.read(body, version);
        List<OutboundBatch> batches = plan.batches();
        PartitionProduceResponse[] answers = inOrder(response);
        for (int i = 0; i < answers.length; i++) {
            if (answers[i] == null) {
                throw new WireFormatException("The answer says nothing of "
                        + batches.get(i).topic() + "-" + batches.get(i).partition() + ", which was sent");
            }
        }
        release();
        throttle(response.throttleTimeMs(), nowNanos);
        for (int i = 0; i < answers.length; i++) {
            if (answers[i].currentLeader().leaderId() >= 0) {
                takeLeaderHint(response, batches.get(i).topic(), answers[i], nowNanos);
            }
        }
        for (int i = 0; i < answers.length; i++) {
            listener.onOutcome(batches.get(i), outcomeOf(batches.get(i), answers[i]), nowNanos);
        }
    }

    private void throttle(int millis, long nowNanos) {
        rooms.throttles().onThrottle(millis, nowNanos);
        if (millis > 0 && version >= CLIENT_THROTTLES_VERSION) {
            connection.throttleUntil(nowNanos + TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    @Override
    public void onLost(Throwable cause, boolean mayHaveArrived, long nowNanos) {
        release();
        for (OutboundBatch batch : plan.batches()) {
            KafkaException told = ConnectionErrors.of(cause);
            listener.onLost(batch, told, mayHaveArrived, nowNanos);
        }
    }

    @Override
    public void onWritten(long nowNanos) {
        if (plan.acks() == 0) {
            release();
            for (OutboundBatch batch : plan.batches()) {
                listener.onWritten(batch, -1, -1, nowNanos);
            }
        }
    }

    private void release() {
        if (own != NONE) {
            rooms.buffers().giveBack(own);
            own = NONE;
        }
    }

    /** The answers by the batches' order, which is the broker's too as a rule; null for one that is missing. */
    private PartitionProduceResponse[] inOrder(ProduceResponse response) {
        PartitionProduceResponse[] answers =
                new PartitionProduceResponse[plan.batches().size()];
        for (TopicProduceResponse topic : response.responses()) {
            TopicBatches asked = topicOf(topic);
            Map<Integer, Integer> places = null;
            int next = asked.from();
            for (PartitionProduceResponse answer : topic.partitionResponses()) {
                int place = next;
                if (place == asked.to() || plan.batches().get(place).partition() != answer.index()) {
                    places = places == null ? placesOf(asked) : places;
                    place = places.getOrDefault(answer.index(), -1);
                }
                if (place >= 0) {
                    answers[place] = answer;
                    next = place + 1;
                }
            }
        }
        return answers;
    }

    /** Made for an answer in another order only. */
    private Map<Integer, Integer> placesOf(TopicBatches topic) {
        Map<Integer, Integer> places = new HashMap<>();
        for (int i = topic.from(); i < topic.to(); i++) {
            places.put(plan.batches().get(i).partition(), i);
        }
        return places;
    }

    private TopicBatches topicOf(TopicProduceResponse answer) {
        for (TopicBatches topic : topics) {
            if (version >= TOPIC_ID_VERSION
                    ? answer.topicId().equals(topic.id())
                    : answer.name().equals(topic.name())) {
                return topic;
            }
        }
        throw new WireFormatException("The answer is for a topic that was not sent: "
                + (version >= TOPIC_ID_VERSION ? answer.topicId() : answer.name()));
    }

    private void takeLeaderHint(
            ProduceResponse response, String topic, PartitionProduceResponse answer, long nowNanos) {
        int leader = answer.currentLeader().leaderId();
        BrokerNode node = null;
        for (NodeEndpoint at : response.nodeEndpoints()) {
            if (at.nodeId() == leader) {
                node = new BrokerNode(leader, at.host(), at.port(), at.rack());
            }
        }
        int epoch = answer.currentLeader().leaderEpoch();
        rooms.cluster().onLeaderHint(topic, answer.index(), leader, epoch, node, nowNanos);
    }

    private BatchOutcome outcomeOf(OutboundBatch batch, PartitionProduceResponse answer) {
        ErrorCode error = ErrorCode.forCode(answer.errorCode());
        if (error == ErrorCode.NONE) {
            return BatchOutcome.written(answer.baseOffset(), answer.logAppendTimeMs());
        }
        String where = batch.topic() + "-" + batch.partition() + " at " + connection.describe();
        Map<Integer, KafkaException> perRecord = null;
        if (!answer.recordErrors().isEmpty()) {
            perRecord = new HashMap<>();
            for (BatchIndexAndErrorMessage each : answer.recordErrors()) {
                String message =
                        each.batchIndexErrorMessage() == null ? answer.errorMessage() : each.batchIndexErrorMessage();
                perRecord.put(each.batchIndex(), BrokerErrors.of(error, message, where));
            }
        }
        return BatchOutcome.refused(
                error, BrokerErrors.ofTopic(error, answer.errorMessage(), where, batch.topic()), perRecord);
    }

    /**
     * What all calls of one exchange have in common.
     *
     * @param plain used while one answer is read and told
     */
    record CallRooms(ClusterKnowledge cluster, ThrottleListener throttles, FrameBuffers buffers, PlainAnswer plain) {}
}
