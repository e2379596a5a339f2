package io.penstock.internal.cluster;

import org.jspecify.annotations.Nullable;

/**
 * What a loop knows of the cluster, and whom it tells what has turned out wrong.
 *
 * <p>For the loop on which the {@link ClusterTracker} lives that is the tracker itself, for another one a {@link FollowedCluster}. Of
 * that loop only, but for {@link #touch}.
 */
public interface ClusterKnowledge {

    /** What is known now. */
    ClusterView view();

    /** The topic is in use. Any thread. */
    void touch(String topic, long now);

    /** Asks for the brokers and all topics in use soon. */
    void refresh(String reason, long now);

    /** What the view shows of this topic has turned out wrong: ask for it soon. */
    void refreshTopic(String topic, long now);

    /** A broker named the partition's new leader in its answer to a write (KIP-951), with or without its endpoint. */
    void onLeaderHint(
            String topic, int partition, int leaderId, int leaderEpoch, @Nullable BrokerNode endpoint, long now);

    /** No broker that is known can be reached any more. */
    void onNoBrokerLeft();
}
