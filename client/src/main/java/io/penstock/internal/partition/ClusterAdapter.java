package io.penstock.internal.partition;

import io.penstock.internal.cluster.BrokerNode;
import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.cluster.PartitionView;
import io.penstock.internal.cluster.TopicView;
import io.penstock.producer.Cluster;
import io.penstock.producer.Node;
import io.penstock.producer.PartitionInfo;
import io.penstock.producer.Uuid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From the engine's views to the types that users see.
 *
 * <p>Any thread. {@link #toCluster} costs all known partitions once for each view, paid only by producers with a partitioner of
 * their own; the last answer is kept.
 */
public final class ClusterAdapter {

    private record Adapted(ClusterView view, Cluster cluster) {}

    private volatile @Nullable Adapted last;

    /** The whole view, for a {@link io.penstock.producer.Partitioner}; the same object for the same view. */
    public Cluster toCluster(ClusterView view) {
        Adapted known = last;
        if (known == null || known.view != view) {
            known = new Adapted(view, adapt(view));
            last = known;
        }
        return known.cluster;
    }

    /** The partitions of one topic, in order; costs their number. */
    public static List<PartitionInfo> partitions(TopicView topic, ClusterView view) {
        List<PartitionInfo> partitions = new ArrayList<>(topic.partitionCount());
        addPartitions(topic, nodesOf(view), partitions);
        return partitions;
    }

    private static Cluster adapt(ClusterView view) {
        Map<Integer, Node> nodes = nodesOf(view);
        List<PartitionInfo> partitions = new ArrayList<>();
        Set<String> internalTopics = new HashSet<>();
        Map<String, Uuid> ids = new HashMap<>();
        view.forEachTopic(topic -> {
            addPartitions(topic, nodes, partitions);
            if (topic.internal()) {
                internalTopics.add(topic.name());
            }
            if (topic.id() != null) {
                ids.put(
                        topic.name(),
                        new Uuid(topic.id().getMostSignificantBits(), topic.id().getLeastSignificantBits()));
            }
        });
        return new Cluster(
                view.clusterId(),
                nodes.values(),
                partitions,
                view.unauthorizedTopics(),
                view.invalidTopics(),
                internalTopics,
                nodes.get(view.controllerId()),
                ids);
    }

    private static Map<Integer, Node> nodesOf(ClusterView view) {
        Map<Integer, Node> nodes = new HashMap<>();
        for (BrokerNode broker : view.brokers()) {
            nodes.put(broker.id(), new Node(broker.id(), broker.host(), broker.port(), broker.rack()));
        }
        return nodes;
    }

    private static void addPartitions(TopicView topic, Map<Integer, Node> nodes, List<PartitionInfo> target) {
        for (int i = 0; i < topic.partitionCount(); i++) {
            PartitionView partition = topic.partition(i);
            target.add(new PartitionInfo(
                    topic.name(),
                    i,
                    nodes.get(partition.leaderId()),
                    replicas(partition.replicas(), nodes),
                    replicas(partition.inSync(), nodes),
                    replicas(partition.offline(), nodes)));
        }
    }

    /** A replica whose broker is down, and therefore not announced, is a node without an address. */
    private static Node[] replicas(int[] ids, Map<Integer, Node> nodes) {
        Node[] replicas = new Node[ids.length];
        for (int i = 0; i < ids.length; i++) {
            Node known = nodes.get(ids[i]);
            replicas[i] = known == null ? new Node(ids[i], "", -1) : known;
        }
        return replicas;
    }
}
