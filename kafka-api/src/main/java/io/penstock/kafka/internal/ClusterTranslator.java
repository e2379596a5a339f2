package io.penstock.kafka.internal;

import io.penstock.producer.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as Apache's types tell it.
 *
 * <p>Any thread. Costs all that is known once for each new view, as the engine gives the same object for the same view; the last
 * answer is kept.
 */
public final class ClusterTranslator {

    private record Translated(Cluster from, org.apache.kafka.common.Cluster to) {}

    private volatile @Nullable Translated last;

    org.apache.kafka.common.Cluster translate(Cluster cluster) {
        Translated known = last;
        if (known == null || known.from != cluster) {
            known = new Translated(cluster, translateAll(cluster));
            last = known;
        }
        return known.to;
    }

    private static org.apache.kafka.common.Cluster translateAll(Cluster cluster) {
        List<Node> nodes = new ArrayList<>();
        cluster.nodes().forEach(node -> nodes.add(node(node)));
        List<PartitionInfo> partitions = new ArrayList<>();
        for (String topic : cluster.topics()) {
            partitions.addAll(partitions(cluster.partitionsForTopic(topic)));
        }
        return new org.apache.kafka.common.Cluster(
                cluster.clusterResource().clusterId(),
                nodes,
                partitions,
                Set.copyOf(cluster.unauthorizedTopics()),
                Set.copyOf(cluster.invalidTopics()),
                Set.copyOf(cluster.internalTopics()),
                nodeOrNull(cluster.controller()));
    }

    public static List<PartitionInfo> partitions(List<io.penstock.producer.PartitionInfo> partitions) {
        List<PartitionInfo> translated = new ArrayList<>(partitions.size());
        for (io.penstock.producer.PartitionInfo each : partitions) {
            translated.add(new PartitionInfo(
                    each.topic(),
                    each.partition(),
                    nodeOrNull(each.leader()),
                    nodes(each.replicas()),
                    nodes(each.inSyncReplicas()),
                    nodes(each.offlineReplicas())));
        }
        return translated;
    }

    private static Node[] nodes(io.penstock.producer.Node[] nodes) {
        Node[] translated = new Node[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            translated[i] = node(nodes[i]);
        }
        return translated;
    }

    private static @Nullable Node nodeOrNull(io.penstock.producer.@Nullable Node node) {
        return node == null ? null : node(node);
    }

    private static Node node(io.penstock.producer.Node node) {
        return new Node(node.id(), node.host(), node.port(), node.rack());
    }
}
