package io.penstock.internal.sender;

/** What the sender asks of those who know the cluster. Loop only. */
public interface ClusterNeeds {

    /** The topic's leaders are not what we thought. */
    void refreshTopic(String topic, long nowNanos);

    /** The topic is in use. */
    void touchTopic(String topic, long nowNanos);

    /** The broker that leads the partition now, -1 when none is known. */
    int leaderOf(String topic, int partition);

    /** Batches wait for a producer id. */
    void identityNeeded(long nowNanos);
}
