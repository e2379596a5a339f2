package io.penstock.producer;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One partition: its leader and replicas as this client last heard of them. Immutable; do not write into the arrays. */
public class PartitionInfo {
    private static final Node[] NONE = new Node[0];

    private final String topic;
    private final int partition;
    private final @Nullable Node leader;
    private final Node[] replicas;
    private final Node[] inSyncReplicas;
    private final Node[] offlineReplicas;

    public PartitionInfo(String topic, int partition, @Nullable Node leader, Node[] replicas, Node[] inSyncReplicas) {
        this(topic, partition, leader, replicas, inSyncReplicas, NONE);
    }

    public PartitionInfo(
            String topic,
            int partition,
            @Nullable Node leader,
            Node[] replicas,
            Node[] inSyncReplicas,
            Node[] offlineReplicas) {
        this.topic = topic;
        this.partition = partition;
        this.leader = leader;
        this.replicas = replicas;
        this.inSyncReplicas = inSyncReplicas;
        this.offlineReplicas = offlineReplicas;
    }

    public String topic() {
        return topic;
    }

    public int partition() {
        return partition;
    }

    /** Null while the partition has none. */
    public @Nullable Node leader() {
        return leader;
    }

    /** All replicas, whether alive or not. */
    public Node[] replicas() {
        return replicas;
    }

    /** Those that are caught up and could lead. */
    public Node[] inSyncReplicas() {
        return inSyncReplicas;
    }

    /** Those that the leader cannot reach, or whose log directory failed. */
    public Node[] offlineReplicas() {
        return offlineReplicas;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                topic,
                partition,
                leader,
                Arrays.hashCode(replicas),
                Arrays.hashCode(inSyncReplicas),
                Arrays.hashCode(offlineReplicas));
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof PartitionInfo that
                && partition == that.partition
                && Objects.equals(topic, that.topic)
                && Objects.equals(leader, that.leader)
                && Arrays.equals(replicas, that.replicas)
                && Arrays.equals(inSyncReplicas, that.inSyncReplicas)
                && Arrays.equals(offlineReplicas, that.offlineReplicas);
    }

    @Override
    public String toString() {
        return "Partition(topic = " + topic + ", partition = " + partition + ", leader = "
                + (leader == null ? "none" : leader.idString()) + ", replicas = " + ids(replicas) + ", isr = "
                + ids(inSyncReplicas) + ", offlineReplicas = " + ids(offlineReplicas) + ")";
    }

    private static String ids(Node @Nullable [] nodes) {
        return Arrays.stream(nodes == null ? NONE : nodes)
                .map(Node::idString)
                .collect(Collectors.joining(",", "[", "]"));
    }
}
