package io.penstock.internal.engine;

import io.penstock.errors.KafkaException;
import io.penstock.internal.admission.LastFailure;
import io.penstock.internal.admission.TopicWaiters;
import io.penstock.internal.cluster.BrokerNode;
import io.penstock.internal.cluster.ClusterKnowledge;
import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.cluster.PartitionView;
import io.penstock.internal.cluster.TopicView;
import io.penstock.internal.exchange.BrokerErrors;
import io.penstock.internal.exchange.ConnectionErrors;
import io.penstock.internal.exchange.IdentityExchange;
import io.penstock.internal.network.Connection;
import io.penstock.internal.network.ConnectionException;
import io.penstock.internal.network.ConnectionException.Reason;
import io.penstock.internal.network.ConnectionListener;
import io.penstock.internal.network.Connections;
import io.penstock.internal.sender.ClusterNeeds;
import io.penstock.internal.sender.Sender;
import io.penstock.wire.ErrorCode;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The arrows between the rooms of one loop: what one reports, told to those it concerns.
 *
 * <p>That loop only. The rooms are set once, before the loop starts; none of them knows another through this class.
 */
final class EngineEvents
        implements ConnectionListener, IdentityExchange.Listener, ClusterNeeds, SendingLoop.ClusterDoor {

    private final ClusterKnowledge cluster;
    private final LastFailure lastFailure;
    private final Optional<TopicWaiters> hopeless;
    private final BootstrapWatch bootstrap;
    private final AuthenticationWatch authentication = new AuthenticationWatch();
    private final boolean clusterCheck;
    private final boolean transactional;
    private final Set<Integer> knownNodes = new HashSet<>();
    private Collection<BrokerNode> knownBrokers = Set.of();
    private Runnable ready = () -> {};
    private Rooms rooms = Rooms.NOT_YET;

    /** Who is told. */
    interface Rooms {

        Rooms NOT_YET = new Rooms() {
            @Override
            public Sender sender() {
                throw new IllegalStateException("The engine is not put together yet");
            }

            @Override
            public Connections connections() {
                throw new IllegalStateException("The engine is not put together yet");
            }

            @Override
            public IdentityExchange identity() {
                throw new IllegalStateException("The engine is not put together yet");
            }
        };

        Sender sender();

        Connections connections();

        IdentityExchange identity();
    }

    /**
     * @param cluster what this loop knows
     * @param hopeless who waits for topics in vain when this loop finds out that it is; none where that is not for it to say
     */
    EngineEvents(
            ClusterKnowledge cluster,
            LastFailure lastFailure,
            Optional<TopicWaiters> hopeless,
            BootstrapWatch bootstrap,
            boolean clusterCheck,
            boolean transactional) {
        this.cluster = cluster;
        this.lastFailure = lastFailure;
        this.hopeless = hopeless;
        this.bootstrap = bootstrap;
        this.clusterCheck = clusterCheck;
        this.transactional = transactional;
        knowBootstrapServers();
    }

    private void knowBootstrapServers() {
        for (int node = 1; node <= bootstrap.serverCount(); node++) {
            knownNodes.add(-node);
        }
    }

    /** What else to run when a connection is ready. */
    void connect(Runnable whenReady) {
        ready = whenReady;
    }

    void connect(Rooms all) {
        rooms = all;
    }

    /** The cluster is as this view shows it, which {@link ClusterKnowledge#view} does by now. */
    @Override
    public void onUpdate(ClusterView view, Collection<TopicView> changedTopics, long nowNanos) {
        if (view.brokers() != knownBrokers) {
            takeBrokers(view, nowNanos);
        }
        for (TopicView topic : changedTopics) {
            rooms.sender().onTopicChanged(topic.name(), nowNanos);
        }
    }

    private void takeBrokers(ClusterView view, long nowNanos) {
        knownBrokers = view.brokers();
        if (knownBrokers.isEmpty()) {
            knowBootstrapServers(); // found anew from them
            return;
        }
        Connections connections = rooms.connections();
        if (clusterCheck) {
            connections.expectCluster(view.clusterId());
        }
        Set<Integer> gone = new HashSet<>(knownNodes);
        knownNodes.clear();
        for (BrokerNode broker : knownBrokers) {
            connections.endpoint(broker.id(), broker.host(), broker.port());
            knownNodes.add(broker.id());
            gone.remove(broker.id());
        }
        for (int nodeId : gone) {
            connections.forget(nodeId);
            rooms.sender().onBrokerCapacity(nodeId, nowNanos); // its partitions find out that it has left
        }
        for (BrokerNode broker : knownBrokers) {
            // Batches for a broker that was forgotten, at a rebootstrap, wait for nothing else.
            rooms.sender().onBrokerCapacity(broker.id(), nowNanos);
        }
    }

    @Override
    public void onReady(Connection connection, long nowNanos) {
        bootstrap.onReachable();
        ready.run();
        authentication.onReady();
        rooms.sender().onBrokerCapacity(connection.nodeId(), nowNanos);
    }

    @Override
    public void onClosed(int nodeId, Throwable cause, boolean wasReady, long nowNanos) {
        Reason reason = cause instanceof ConnectionException failure ? failure.reason() : Reason.LOST;
        if (reason == Reason.IDLE || reason == Reason.CLOSED) {
            return;
        }
        lastFailure.set(cause);
        if (reason == Reason.WRONG_BROKER) {
            cluster.onNoBrokerLeft();
        } else if (nodeId >= 0) {
            // Also when it was not connected: the first answer may still have named a leader that is dead.
            cluster.refresh("broker " + nodeId + " cannot be reached or was lost", nowNanos);
        }
        Supplier<KafkaException> unresolved = bootstrap.onFailure(nodeId, cause, nowNanos);
        if (unresolved != null) {
            hopeless.ifPresent(waiters -> waiters.failAll(unresolved));
        }
        Supplier<KafkaException> refused = authentication.onFailure(nodeId, cause, knownNodes);
        if (refused != null) {
            hopeless.ifPresent(waiters -> waiters.failAll(refused));
        }
        rooms.sender().onBrokerCapacity(nodeId, nowNanos); // finds that it cannot send, and when to try again
    }

    @Override
    public void onCapacity(Connection connection, long nowNanos) {
        rooms.sender().onBrokerCapacity(connection.nodeId(), nowNanos);
    }

    @Override
    public void onIdentity(long producerId, short epoch, long nowNanos) {
        rooms.sender().onIdentity(producerId, epoch, nowNanos);
    }

    @Override
    public void onIdentityRefused(ErrorCode error, String broker, long nowNanos) {
        rooms.sender()
                .onIdentityRefused(
                        () -> BrokerErrors.of(
                                error,
                                null,
                                "a producer id from " + broker
                                        + " (enable.idempotence=true needs one; enable.idempotence=false does without)"),
                        nowNanos);
    }

    @Override
    public void refreshTopic(String topic, long nowNanos) {
        cluster.refreshTopic(topic, nowNanos);
    }

    @Override
    public void touchTopic(String topic, long nowNanos) {
        cluster.touch(topic, nowNanos);
    }

    /** A leader that the view has no address of is as good as none: brokers may not know each other yet. */
    @Override
    public int leaderOf(String topic, int partition) {
        ClusterView view = cluster.view();
        TopicView known = view.topic(topic);
        if (known == null || partition >= known.partitionCount()) {
            return PartitionView.NO_LEADER;
        }
        int leaderId = known.partition(partition).leaderId();
        return view.broker(leaderId) == null ? PartitionView.NO_LEADER : leaderId;
    }

    @Override
    public @Nullable UUID topicIdOf(String topic) {
        TopicView known = cluster.view().topic(topic);
        return known == null ? null : known.id();
    }

    @Override
    public @Nullable KafkaException refusalOf(int nodeId) {
        Throwable refusal = authentication.refusalOf(nodeId);
        return refusal == null ? null : ConnectionErrors.of(refusal);
    }

    /** In transactions nothing is sent before the coordinator has given an identity. */
    @Override
    public void identityNeeded(long nowNanos) {
        if (!transactional) {
            rooms.identity().need();
        }
    }
}
