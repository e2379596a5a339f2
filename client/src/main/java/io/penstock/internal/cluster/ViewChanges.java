package io.penstock.internal.cluster;

import io.penstock.wire.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one answer changes in a view; {@link #build} makes the successor.
 *
 * <p>Loop thread, short-lived. As large as the answer it was made from. A change that changes nothing leaves no trace: when
 * none of them did, the successor is the view itself.
 */
final class ViewChanges {

    private final ClusterView from;
    private final Map<String, @Nullable TopicView> topics = new HashMap<>();
    private final Map<UUID, @Nullable TopicView> topicsById = new HashMap<>();
    private final Map<String, @Nullable ErrorCode> errors = new HashMap<>();
    private final List<TopicView> changedTopics = new ArrayList<>();
    private @Nullable String clusterId;
    private int controllerId;
    private Map<Integer, BrokerNode> brokers;
    private Map<Integer, String> racks;

    ViewChanges(ClusterView from) {
        this.from = from;
        this.clusterId = from.clusterId();
        this.controllerId = from.controllerId();
        this.brokers = from.brokersById();
        this.racks = from.racks();
    }

    void cluster(@Nullable String newClusterId, int newControllerId) {
        clusterId = newClusterId;
        controllerId = newControllerId;
    }

    void brokers(Collection<BrokerNode> nodes) {
        Map<Integer, BrokerNode> byId = new LinkedHashMap<>();
        Map<Integer, String> newRacks = new HashMap<>();
        for (BrokerNode node : nodes) {
            byId.put(node.id(), node);
            if (node.rack() != null) {
                newRacks.put(node.id(), node.rack());
            }
        }
        if (!byId.equals(brokers)) {
            brokers = Collections.unmodifiableMap(byId);
            racks = newRacks.equals(racks) ? racks : Collections.unmodifiableMap(newRacks);
        }
    }

    /** The topic is now this, and not in error. */
    void topic(TopicView topic) {
        TopicView before = from.topic(topic.name());
        errors.put(topic.name(), null);
        if (before == topic) {
            return;
        }
        topics.put(topic.name(), topic);
        forgetId(before);
        if (topic.id() != null) {
            topicsById.put(topic.id(), topic);
        }
        changedTopics.add(topic);
    }

    /** The cluster would not describe the topic; what was known of it is no longer shown. */
    void error(String topic, ErrorCode error) {
        drop(topic);
        errors.put(topic, error);
    }

    /** The topic is no longer followed. */
    void drop(String topic) {
        topics.put(topic, null);
        errors.put(topic, null);
        forgetId(from.topic(topic));
    }

    private void forgetId(@Nullable TopicView topic) {
        if (topic != null && topic.id() != null) {
            topicsById.put(topic.id(), null);
        }
    }

    List<TopicView> changedTopics() {
        return changedTopics;
    }

    ClusterView build() {
        ShardedTable<String, TopicView> newTopics = from.topics.with(topics);
        ShardedTable<UUID, TopicView> newTopicsById = from.topicsById.with(topicsById);
        ShardedTable<String, ErrorCode> newErrors = from.errors.with(errors);
        boolean same = newTopics == from.topics
                && newTopicsById == from.topicsById
                && newErrors == from.errors
                && brokers == from.brokersById()
                && controllerId == from.controllerId()
                && Objects.equals(clusterId, from.clusterId());
        return same
                ? from
                : new ClusterView(
                        from.version() + 1,
                        clusterId,
                        controllerId,
                        brokers,
                        racks,
                        newTopics,
                        newTopicsById,
                        newErrors);
    }
}
