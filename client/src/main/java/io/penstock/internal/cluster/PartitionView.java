package io.penstock.internal.cluster;

import java.util.Arrays;

/**
 * One partition as last heard of: its leader and the epoch of that leadership.
 *
 * <p>Immutable: the arrays are taken as they were decoded and belong to this object from then on; nobody writes to them.
 *
 * @param partition the partition's index in its topic
 * @param leaderId the broker that leads it, or {@link #NO_LEADER}
 * @param leaderEpoch the epoch of that leadership, or {@link #NO_EPOCH} when the broker is too old to tell
 * @param replicas the brokers that hold the partition
 * @param inSync those of them that are in sync with the leader
 * @param offline those of them that are down
 */
@SuppressWarnings("ArrayRecordComponent") // a copy for each of 100,000 partitions would double what an update costs
public record PartitionView(int partition, int leaderId, int leaderEpoch, int[] replicas, int[] inSync, int[] offline) {

    /** The leader of a partition that has none. */
    public static final int NO_LEADER = -1;

    /** The epoch of a leader that was announced without one. */
    public static final int NO_EPOCH = -1;

    private static final int[] NONE = {};

    /** A partition of which only the leader is known. */
    public static PartitionView of(int partition, int leaderId, int leaderEpoch) {
        return new PartitionView(partition, leaderId, leaderEpoch, NONE, NONE, NONE);
    }

    /** Whether somebody leads this partition, so that it can be written to. */
    public boolean hasLeader() {
        return leaderId >= 0;
    }

    /** The same partition under another leader. */
    PartitionView ledBy(int newLeaderId, int newLeaderEpoch) {
        return new PartitionView(partition, newLeaderId, newLeaderEpoch, replicas, inSync, offline);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartitionView that
                && partition == that.partition
                && leaderId == that.leaderId
                && leaderEpoch == that.leaderEpoch
                && Arrays.equals(replicas, that.replicas)
                && Arrays.equals(inSync, that.inSync)
                && Arrays.equals(offline, that.offline);
    }

    @Override
    public int hashCode() {
        return (31 * partition + leaderId) * 31 + leaderEpoch;
    }

    @Override
    public String toString() {
        return "PartitionView[" + partition + ", leader " + leaderId + ", epoch " + leaderEpoch + ", replicas "
                + Arrays.toString(replicas) + ", in sync " + Arrays.toString(inSync) + ", offline "
                + Arrays.toString(offline) + "]";
    }
}
