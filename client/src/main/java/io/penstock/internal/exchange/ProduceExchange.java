package io.penstock.internal.exchange;

import io.penstock.errors.KafkaException;
import io.penstock.errors.UnsupportedVersionException;
import io.penstock.internal.cluster.ClusterKnowledge;
import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.cluster.TopicView;
import io.penstock.internal.exchange.ProduceCall.CallRooms;
import io.penstock.internal.exchange.ProduceFrame.RequestHead;
import io.penstock.internal.exchange.ProduceFrame.TopicBatches;
import io.penstock.internal.network.Connection;
import io.penstock.internal.network.Connections;
import io.penstock.internal.network.OutboundRequest;
import io.penstock.internal.sender.BatchOutcome;
import io.penstock.internal.sender.OutboundBatch;
import io.penstock.internal.sender.OutcomeListener;
import io.penstock.internal.sender.ProduceDispatcher;
import io.penstock.internal.sender.ProducePlan;
import io.penstock.internal.transaction.RecordGate;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.compress.CompressionType;
import io.penstock.wire.message.ApiKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sends produce plans as the newest request that the broker and the topics allow.
 *
 * <p>Loop only. Batches are written as they lie in their pages, small ones copied into the request; see {@link ProduceFrame}.
 */
public final class ProduceExchange implements ProduceDispatcher {

    /** 4.x brokers advertise 0 to 2 as well, for an old librdkafka, and refuse them (KAFKA-18659). */
    private static final short LOWEST_VERSION = 3;

    private static final short ZSTD_VERSION = 7;
    private static final short TOPIC_ID_VERSION = 13;

    private final Connections connections;
    private final ClusterKnowledge cluster;
    private final ExchangeSettings settings;
    private final ThrottleListener throttles;
    private final ProduceFrame.Names names;
    private final FrameBuffers buffers = new FrameBuffers();
    private final RecordGate gate;

    public ProduceExchange(
            Connections connections,
            ClusterKnowledge cluster,
            ExchangeSettings settings,
            ThrottleListener throttles,
            RecordGate gate) {
        this.gate = gate;
        this.connections = connections;
        this.cluster = cluster;
        this.settings = settings;
        this.throttles = throttles;
        this.names = ProduceFrame.Names.of(settings.clientId(), gate.transactionalId());
    }

    @Override
    public boolean canSend(int nodeId, long nowNanos) {
        Connection connection = connections.ready(nodeId, nowNanos);
        return connection != null
                && connection.inFlightCount() < settings.maxInFlightPerConnection()
                && !connection.isThrottled(nowNanos);
    }

    @Override
    public boolean isKnown(int nodeId) {
        return connections.isKnown(nodeId);
    }

    @Override
    public long retryAtNanos(int nodeId, long nowNanos) {
        return connections.isBackingOff(nodeId, nowNanos) ? connections.retryAtNanos(nodeId) : Long.MAX_VALUE;
    }

    @Override
    public void send(ProducePlan plan, OutcomeListener listener, long nowNanos) {
        Connection connection = connections.ready(plan.nodeId(), nowNanos);
        if (connection == null) {
            throw new IllegalStateException("Broker " + plan.nodeId() + " was ready a moment ago");
        }
        ProducePlan grouped = groupedByTopic(plan);
        List<TopicBatches> topics = topics(grouped.batches());
        short version = version(connection, topics);
        short lowest = settings.compression() == CompressionType.ZSTD ? ZSTD_VERSION : LOWEST_VERSION;
        if (version < lowest) {
            refuse(connection, plan, listener, lowest, version, nowNanos);
            return;
        }
        int correlationId = connections.nextCorrelationId();
        ByteBuffer buffer = buffers.take(ProduceFrame.ownBytes(grouped, topics, names));
        ByteBuffer[] frame =
                ProduceFrame.encode(grouped, topics, new RequestHead(version, correlationId), names, buffer);
        connection.send(
                new OutboundRequest(
                        ApiKey.PRODUCE,
                        version,
                        correlationId,
                        frame,
                        settings.requestTimeoutNanos(),
                        plan.acks() != 0,
                        new ProduceCall(grouped, version, topics, connection, listener, rooms(buffer))),
                nowNanos);
    }

    private CallRooms rooms(ByteBuffer buffer) {
        return new CallRooms(cluster, throttles, () -> buffers.giveBack(buffer));
    }

    /** The plan with the batches of each topic next to one another; itself when they are. */
    private static ProducePlan groupedByTopic(ProducePlan plan) {
        String first = plan.batches().get(0).topic();
        for (OutboundBatch batch : plan.batches()) {
            if (!batch.topic().equals(first)) {
                List<OutboundBatch> sorted = new ArrayList<>(plan.batches());
                sorted.sort(Comparator.comparing(OutboundBatch::topic));
                return new ProducePlan(plan.nodeId(), plan.acks(), plan.timeoutMillis(), sorted, plan.sizeBytes());
            }
        }
        return plan;
    }

    private List<TopicBatches> topics(List<OutboundBatch> batches) {
        ClusterView view = cluster.view();
        List<TopicBatches> topics = new ArrayList<>(1);
        int from = 0;
        for (int to = 1; to <= batches.size(); to++) {
            String name = batches.get(from).topic();
            if (to == batches.size() || !batches.get(to).topic().equals(name)) {
                topics.add(new TopicBatches(name, idOf(view.topic(name)), from, to));
                from = to;
            }
        }
        return topics;
    }

    /** Topic ids only when all topics of the plan have one; some services offer a new Produce and an old Metadata. */
    private short version(Connection connection, List<TopicBatches> topics) {
        short cap = TOPIC_ID_VERSION;
        for (TopicBatches topic : topics) {
            if (topic.id() == null) {
                cap = TOPIC_ID_VERSION - 1;
            }
        }
        return connection.versions().highest(ApiKey.PRODUCE, (short) Math.min(cap, gate.produceCap()));
    }

    private static @Nullable UUID idOf(@Nullable TopicView topic) {
        return topic == null ? null : topic.id();
    }

    private void refuse(
            Connection connection,
            ProducePlan plan,
            OutcomeListener listener,
            short lowest,
            short version,
            long nowNanos) {
        for (OutboundBatch batch : plan.batches()) {
            KafkaException cause = new UnsupportedVersionException("Broker " + connection.nodeId() + " at "
                    + connection.endpoint() + " speaks Produce up to version " + version + "; "
                    + (lowest == ZSTD_VERSION ? "compression.type=zstd" : "record batches") + " need version " + lowest
                    + " or later. Use a broker of Kafka 2.1 or later.");
            listener.onOutcome(batch, BatchOutcome.refused(ErrorCode.UNSUPPORTED_VERSION, cause, null), nowNanos);
        }
    }
}
