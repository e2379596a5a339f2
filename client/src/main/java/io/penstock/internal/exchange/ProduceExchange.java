package io.penstock.internal.exchange;

import io.penstock.errors.KafkaException;
import io.penstock.errors.UnsupportedVersionException;
import io.penstock.internal.cluster.ClusterTracker;
import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.cluster.TopicView;
import io.penstock.internal.network.Connection;
import io.penstock.internal.network.Connections;
import io.penstock.internal.network.OutboundRequest;
import io.penstock.internal.network.RequestFrame;
import io.penstock.internal.sender.BatchOutcome;
import io.penstock.internal.sender.OutboundBatch;
import io.penstock.internal.sender.OutcomeListener;
import io.penstock.internal.sender.ProduceDispatcher;
import io.penstock.internal.sender.ProducePlan;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.compress.CompressionType;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.ProduceRequest;
import io.penstock.wire.message.ProduceRequest.PartitionProduceData;
import io.penstock.wire.message.ProduceRequest.TopicProduceData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sends produce plans as the newest request that the broker and the topics allow.
 *
 * <p>Loop only. Batches are written as they lie in their pages.
 */
public final class ProduceExchange implements ProduceDispatcher {

    /** 4.x brokers advertise 0 to 2 as well, for an old librdkafka, and refuse them (KAFKA-18659). */
    private static final short LOWEST_VERSION = 3;

    private static final short ZSTD_VERSION = 7;
    private static final short TOPIC_ID_VERSION = 13;

    private final Connections connections;
    private final ClusterTracker cluster;
    private final ExchangeSettings settings;
    private final ThrottleListener throttles;

    public ProduceExchange(
            Connections connections, ClusterTracker cluster, ExchangeSettings settings, ThrottleListener throttles) {
        this.connections = connections;
        this.cluster = cluster;
        this.settings = settings;
        this.throttles = throttles;
    }

    @Override
    public boolean canSend(int nodeId, long nowNanos) {
        Connection connection = connections.ready(nodeId, nowNanos);
        return connection != null
                && connection.inFlightCount() < settings.maxInFlightPerConnection()
                && !connection.isThrottled(nowNanos);
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
        Map<UUID, String> topicNames = new HashMap<>();
        short version = version(connection, plan, topicNames);
        short lowest = settings.compression() == CompressionType.ZSTD ? ZSTD_VERSION : LOWEST_VERSION;
        if (version < lowest) {
            refuse(connection, plan, listener, lowest, version, nowNanos);
            return;
        }
        ProduceRequest request = request(plan, version, topicNames);
        int correlationId = connections.nextCorrelationId();
        connection.send(
                new OutboundRequest(
                        ApiKey.PRODUCE,
                        version,
                        correlationId,
                        RequestFrame.encode(request, version, settings.clientId(), correlationId),
                        settings.requestTimeoutNanos(),
                        plan.acks() != 0,
                        new ProduceCall(plan, version, topicNames, connection, cluster, listener, throttles)),
                nowNanos);
    }

    /** Topic ids only when all topics of the plan have one; some services offer a new Produce and an old Metadata. */
    private short version(Connection connection, ProducePlan plan, Map<UUID, String> topicNames) {
        short cap = TOPIC_ID_VERSION;
        ClusterView view = cluster.view();
        for (OutboundBatch batch : plan.batches()) {
            UUID id = idOf(view.topic(batch.topic()));
            if (id == null) {
                cap = TOPIC_ID_VERSION - 1;
                break;
            }
            topicNames.put(id, batch.topic());
        }
        return connection.versions().highest(ApiKey.PRODUCE, cap);
    }

    private static @Nullable UUID idOf(@Nullable TopicView topic) {
        return topic == null ? null : topic.id();
    }

    private ProduceRequest request(ProducePlan plan, short version, Map<UUID, String> topicNames) {
        Map<String, TopicProduceData> topics = new HashMap<>();
        List<TopicProduceData> inOrder = new ArrayList<>();
        for (OutboundBatch batch : plan.batches()) {
            TopicProduceData topic = topics.get(batch.topic());
            if (topic == null) {
                topic = new TopicProduceData().partitionData(new ArrayList<>());
                topics.put(batch.topic(), topic);
                inOrder.add(topic);
                if (version < TOPIC_ID_VERSION) {
                    topic.name(batch.topic());
                }
            }
            topic.partitionData()
                    .add(new PartitionProduceData().index(batch.partition()).records(batch.bytes()));
        }
        if (version >= TOPIC_ID_VERSION) {
            topicNames.forEach((id, name) -> {
                TopicProduceData topic = topics.get(name);
                if (topic != null) {
                    topic.topicId(id);
                }
            });
        }
        return new ProduceRequest()
                .acks(plan.acks())
                .timeoutMs(plan.timeoutMillis())
                .topicData(inOrder);
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
