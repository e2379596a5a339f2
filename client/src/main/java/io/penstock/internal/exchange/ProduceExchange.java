package io.penstock.internal.exchange;

import io.penstock.errors.KafkaException;
import io.penstock.errors.UnsupportedVersionException;
import io.penstock.internal.cluster.ClusterKnowledge;
import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.exchange.ProduceCall.CallRooms;
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
    private final ProduceFrame frame;
    private final CallRooms rooms;
    private final RecordGate gate;

    /** Those of the last request: one record a request, say, has the same ones every time. */
    private List<TopicBatches> lastTopics = List.of();

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
        this.rooms = new CallRooms(cluster, throttles, new FrameBuffers(), new PlainAnswer());
        this.frame = new ProduceFrame(ProduceFrame.Names.of(settings.clientId(), gate.transactionalId()));
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
        ByteBuffer[] own = rooms.buffers().take(frame.ownBytes(grouped, topics));
        ProduceCall call = new ProduceCall(grouped, version, topics, connection, listener, rooms);
        call.holds(own);
        connection.send(
                new OutboundRequest(
                        ApiKey.PRODUCE,
                        version,
                        correlationId,
                        frame.encode(grouped, topics, version, correlationId, own),
                        settings.requestTimeoutNanos(),
                        plan.acks() != 0,
                        call),
                nowNanos);
    }

    /** The plan with the batches of each topic next to one another; itself when they are. */
    private static ProducePlan groupedByTopic(ProducePlan plan) {
        String first = plan.batches().get(0).topic();
        for (int i = 1; i < plan.batches().size(); i++) {
            if (!plan.batches().get(i).topic().equals(first)) {
                List<OutboundBatch> sorted = new ArrayList<>(plan.batches());
                sorted.sort(Comparator.comparing(OutboundBatch::topic));
                return new ProducePlan(plan.nodeId(), plan.acks(), plan.timeoutMillis(), sorted, plan.sizeBytes());
            }
        }
        return plan;
    }

    private List<TopicBatches> topics(List<OutboundBatch> batches) {
        ClusterView view = cluster.view();
        if (lastTopics.size() == 1 && lastTopics.get(0).isOf(batches, view)) {
            return lastTopics;
        }
        List<TopicBatches> topics = new ArrayList<>(1);
        int from = 0;
        for (int to = 1; to <= batches.size(); to++) {
            String name = batches.get(from).topic();
            if (to == batches.size() || !batches.get(to).topic().equals(name)) {
                topics.add(new TopicBatches(name, TopicBatches.idOf(view.topic(name), batches.get(from)), from, to));
                from = to;
            }
        }
        lastTopics = topics;
        return topics;
    }

    /** Topic ids only when all topics of the plan have one; some services offer a new Produce and an old Metadata. */
    private short version(Connection connection, List<TopicBatches> topics) {
        short cap = TOPIC_ID_VERSION;
        for (int i = 0; i < topics.size(); i++) {
            if (topics.get(i).id() == null) {
                cap = TOPIC_ID_VERSION - 1;
            }
        }
        return connection.versions().highest(ApiKey.PRODUCE, (short) Math.min(cap, gate.produceCap()));
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
