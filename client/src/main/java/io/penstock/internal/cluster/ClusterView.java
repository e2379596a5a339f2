package io.penstock.internal.cluster;

import io.penstock.wire.ErrorCode;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as last heard of: its brokers, and the topics this producer uses.
 *
 * <p>Immutable, so every thread may read it. The {@link ClusterTracker} alone publishes successors, which share with
 * their predecessor whatever has not changed: a topic without news is the same {@link TopicView} object.
 */
public final class ClusterView {

    /** Nothing is known yet. */
    public static final ClusterView EMPTY = new ClusterView(
            0, null, -1, Map.of(), Map.of(), ShardedTable.empty(), ShardedTable.empty(), ShardedTable.empty());

    private final long version;
    private final @Nullable String clusterId;
    private final int controllerId;
    private final Map<Integer, BrokerNode> brokers;
    private final Map<Integer, String> racks;

    final ShardedTable<String, TopicView> topics;
    final ShardedTable<UUID, TopicView> topicsById;
    final ShardedTable<String, ErrorCode> errors;

    ClusterView(
            long version,
            @Nullable String clusterId,
            int controllerId,
            Map<Integer, BrokerNode> brokers,
            Map<Integer, String> racks,
            ShardedTable<String, TopicView> topics,
            ShardedTable<UUID, TopicView> topicsById,
            ShardedTable<String, ErrorCode> errors) {
        this.version = version;
        this.clusterId = clusterId;
        this.controllerId = controllerId;
        this.brokers = brokers;
        this.racks = racks;
        this.topics = topics;
        this.topicsById = topicsById;
        this.errors = errors;
    }

    /** A view of these brokers and topics, as a first answer would have made it. */
    public static ClusterView of(
            @Nullable String clusterId, Collection<BrokerNode> brokers, Collection<TopicView> topics) {
        ViewChanges changes = new ViewChanges(EMPTY);
        changes.cluster(clusterId, -1);
        changes.brokers(brokers);
        topics.forEach(changes::topic);
        return changes.build();
    }

    /** Grows by one with each published view. */
    public long version() {
        return version;
    }

    public @Nullable String clusterId() {
        return clusterId;
    }

    public Collection<BrokerNode> brokers() {
        return brokers.values();
    }

    public @Nullable BrokerNode broker(int id) {
        return brokers.get(id);
    }

    /** The controller's broker id, or -1. */
    public int controllerId() {
        return controllerId;
    }

    /** The rack of each broker that has one, by broker id. The same object for as long as no rack changes. */
    public Map<Integer, String> racks() {
        return racks;
    }

    /** The topic, or null when it has not been asked for, has not been answered yet, or was answered with an error. */
    public @Nullable TopicView topic(String name) {
        return topics.get(name);
    }

    /** The topic with this id, or null. */
    public @Nullable TopicView topic(UUID id) {
        return topicsById.get(id);
    }

    /** What the cluster last answered for a topic that it would not describe, or null. */
    public @Nullable ErrorCode topicError(String name) {
        return errors.get(name);
    }

    /** The topics that the cluster will not describe to this user; costs the number of topics in error. */
    public Set<String> unauthorizedTopics() {
        return topicsRefusedWith(ErrorCode.TOPIC_AUTHORIZATION_FAILED);
    }

    /** The topics whose names the cluster does not accept; costs the number of topics in error. */
    public Set<String> invalidTopics() {
        return topicsRefusedWith(ErrorCode.INVALID_TOPIC_EXCEPTION);
    }

    private Set<String> topicsRefusedWith(ErrorCode wanted) {
        Set<String> refused = new HashSet<>();
        errors.forEach((topic, error) -> {
            if (error == wanted) {
                refused.add(topic);
            }
        });
        return refused;
    }

    public int topicCount() {
        return topics.size();
    }

    /** Calls {@code action} with every topic; costs their number. */
    public void forEachTopic(Consumer<? super TopicView> action) {
        topics.forEach((name, topic) -> action.accept(topic));
    }

    Map<Integer, BrokerNode> brokersById() {
        return brokers;
    }

    @Override
    public String toString() {
        return "ClusterView[version " + version + ", cluster " + clusterId + ", " + brokers.size() + " brokers, "
                + topics.size() + " topics]";
    }
}
