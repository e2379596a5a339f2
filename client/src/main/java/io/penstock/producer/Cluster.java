package io.penstock.producer;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brokers, topics and partitions as this client last heard of them; what a {@link Partitioner} is given. Immutable; any thread may
 * read it. Every lookup is one or two hash lookups.
 */
public final class Cluster {
    private final boolean bootstrapConfigured;
    private final List<Node> nodes;
    private final Map<Integer, Node> nodesById = new HashMap<>();
    private final Map<TopicPartition, PartitionInfo> partitions = new HashMap<>();
    private final Map<String, List<PartitionInfo>> byTopic = new HashMap<>();
    private final Map<String, List<PartitionInfo>> availableByTopic = new HashMap<>();
    private final Map<Integer, List<PartitionInfo>> byNode = new HashMap<>();
    private final Set<String> unauthorizedTopics;
    private final Set<String> invalidTopics;
    private final Set<String> internalTopics;
    private final @Nullable Node controller;
    private final ClusterResource clusterResource;
    private final Map<String, Uuid> topicIds;
    private final Map<Uuid, String> topicNames = new HashMap<>();

    public Cluster(
            @Nullable String clusterId,
            Collection<Node> nodes,
            Collection<PartitionInfo> partitions,
            Set<String> unauthorizedTopics,
            Set<String> internalTopics) {
        this(clusterId, nodes, partitions, unauthorizedTopics, internalTopics, null);
    }

    public Cluster(
            @Nullable String clusterId,
            Collection<Node> nodes,
            Collection<PartitionInfo> partitions,
            Set<String> unauthorizedTopics,
            Set<String> internalTopics,
            @Nullable Node controller) {
        this(clusterId, nodes, partitions, unauthorizedTopics, Set.of(), internalTopics, controller);
    }

    public Cluster(
            @Nullable String clusterId,
            Collection<Node> nodes,
            Collection<PartitionInfo> partitions,
            Set<String> unauthorizedTopics,
            Set<String> invalidTopics,
            Set<String> internalTopics,
            @Nullable Node controller) {
        this(clusterId, nodes, partitions, unauthorizedTopics, invalidTopics, internalTopics, controller, Map.of());
    }

    public Cluster(
            @Nullable String clusterId,
            Collection<Node> nodes,
            Collection<PartitionInfo> partitions,
            Set<String> unauthorizedTopics,
            Set<String> invalidTopics,
            Set<String> internalTopics,
            @Nullable Node controller,
            Map<String, Uuid> topicIds) {
        this(
                clusterId,
                false,
                nodes,
                partitions,
                unauthorizedTopics,
                invalidTopics,
                internalTopics,
                controller,
                topicIds);
    }

    private Cluster(
            @Nullable String clusterId,
            boolean bootstrapConfigured,
            Collection<Node> nodes,
            Collection<PartitionInfo> partitions,
            Set<String> unauthorizedTopics,
            Set<String> invalidTopics,
            Set<String> internalTopics,
            @Nullable Node controller,
            Map<String, Uuid> topicIds) {
        this.bootstrapConfigured = bootstrapConfigured;
        this.clusterResource = new ClusterResource(clusterId);
        this.nodes = List.copyOf(nodes);
        this.unauthorizedTopics = Set.copyOf(unauthorizedTopics);
        this.invalidTopics = Set.copyOf(invalidTopics);
        this.internalTopics = Set.copyOf(internalTopics);
        this.controller = controller;
        this.topicIds = Map.copyOf(topicIds);
        this.topicIds.forEach((name, id) -> topicNames.put(id, name));
        this.nodes.forEach(node -> nodesById.put(node.id(), node));
        partitions.forEach(this::index);
        freeze(byTopic);
        freeze(availableByTopic);
        freeze(byNode);
    }

    private void index(PartitionInfo info) {
        partitions.put(new TopicPartition(info.topic(), info.partition()), info);
        byTopic.computeIfAbsent(info.topic(), t -> new ArrayList<>()).add(info);
        List<PartitionInfo> available = availableByTopic.computeIfAbsent(info.topic(), t -> new ArrayList<>());
        Node leader = info.leader();
        if (leader != null && !leader.isEmpty()) {
            available.add(info);
            byNode.computeIfAbsent(leader.id(), n -> new ArrayList<>()).add(info);
        }
    }

    private static <T> void freeze(Map<T, List<PartitionInfo>> lists) {
        lists.replaceAll((key, list) -> Collections.unmodifiableList(list));
    }

    /** Knows nothing. */
    public static Cluster empty() {
        return new Cluster(null, List.of(), List.of(), Set.of(), Set.of());
    }

    /** Knows only where to begin; the nodes have the ids -1, -2 and so on. */
    public static Cluster bootstrap(List<InetSocketAddress> addresses) {
        List<Node> nodes = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            nodes.add(new Node(-1 - nodes.size(), address.getHostString(), address.getPort()));
        }
        return new Cluster(null, true, nodes, List.of(), Set.of(), Set.of(), Set.of(), null, Map.of());
    }

    /** This one with the partitions given added, or put in the place of those known. */
    public Cluster withPartitions(Map<TopicPartition, PartitionInfo> partitions) {
        Map<TopicPartition, PartitionInfo> merged = new HashMap<>(this.partitions);
        merged.putAll(partitions);
        return new Cluster(
                clusterResource.clusterId(),
                nodes,
                merged.values(),
                unauthorizedTopics,
                invalidTopics,
                internalTopics,
                controller,
                topicIds);
    }

    public List<Node> nodes() {
        return nodes;
    }

    public @Nullable Node nodeById(int id) {
        return nodesById.get(id);
    }

    /** The broker, provided that it holds a replica of the partition and that this replica is online. */
    public Optional<Node> nodeIfOnline(TopicPartition partition, int id) {
        Node node = nodesById.get(id);
        PartitionInfo info = partitions.get(partition);
        if (node == null || info == null) {
            return Optional.empty();
        }
        boolean online = List.of(info.replicas()).contains(node)
                && !List.of(info.offlineReplicas()).contains(node);
        return online ? Optional.of(node) : Optional.empty();
    }

    /** Null when the partition is unknown or has no leader. */
    public @Nullable Node leaderFor(TopicPartition topicPartition) {
        PartitionInfo info = partitions.get(topicPartition);
        return info == null ? null : info.leader();
    }

    public @Nullable PartitionInfo partition(TopicPartition topicPartition) {
        return partitions.get(topicPartition);
    }

    /** In the order the brokers told; empty for an unknown topic. */
    public List<PartitionInfo> partitionsForTopic(String topic) {
        return byTopic.getOrDefault(topic, List.of());
    }

    /** Null for an unknown topic. */
    public @Nullable Integer partitionCountForTopic(String topic) {
        List<PartitionInfo> list = byTopic.get(topic);
        return list == null ? null : Integer.valueOf(list.size());
    }

    /** Those that have a leader. */
    public List<PartitionInfo> availablePartitionsForTopic(String topic) {
        return availableByTopic.getOrDefault(topic, List.of());
    }

    /** Those that the node leads. */
    public List<PartitionInfo> partitionsForNode(int nodeId) {
        return byNode.getOrDefault(nodeId, List.of());
    }

    public Set<String> topics() {
        return Collections.unmodifiableSet(byTopic.keySet());
    }

    public Set<String> unauthorizedTopics() {
        return unauthorizedTopics;
    }

    public Set<String> invalidTopics() {
        return invalidTopics;
    }

    public Set<String> internalTopics() {
        return internalTopics;
    }

    /** Whether this is only {@link #bootstrap where to begin}. */
    public boolean isBootstrapConfigured() {
        return bootstrapConfigured;
    }

    public ClusterResource clusterResource() {
        return clusterResource;
    }

    public @Nullable Node controller() {
        return controller;
    }

    public Collection<Uuid> topicIds() {
        return topicIds.values();
    }

    /** {@link Uuid#ZERO_UUID} when it is not known. */
    public Uuid topicId(String topic) {
        return topicIds.getOrDefault(topic, Uuid.ZERO_UUID);
    }

    public @Nullable String topicName(Uuid topicId) {
        return topicNames.get(topicId);
    }

    @Override
    public String toString() {
        return "Cluster(id = " + clusterResource.clusterId() + ", nodes = " + nodes + ", partitions = "
                + partitions.values() + ", controller = " + controller + ")";
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Cluster that
                && bootstrapConfigured == that.bootstrapConfigured
                && nodes.equals(that.nodes)
                && partitions.equals(that.partitions)
                && unauthorizedTopics.equals(that.unauthorizedTopics)
                && invalidTopics.equals(that.invalidTopics)
                && internalTopics.equals(that.internalTopics)
                && Objects.equals(controller, that.controller)
                && clusterResource.equals(that.clusterResource)
                && topicIds.equals(that.topicIds);
    }

    @Override
    public int hashCode() {
        return Objects.hash(nodes, partitions, clusterResource, controller, topicIds);
    }
}
