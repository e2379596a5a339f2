package io.penstock.internal.sender;

import io.penstock.errors.KafkaException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the sender asks of those who know the cluster. Loop only. */
public interface ClusterNeeds {

    /** The topic's leaders are not what we thought. */
    void refreshTopic(String topic, long nowNanos);

    /** The topic is in use. */
    void touchTopic(String topic, long nowNanos);

    /** The broker that leads the partition now, -1 when none is known. */
    int leaderOf(String topic, int partition);

    /** The id of the topic now, null when none is known; one that is deleted and created again has another. */
    @Nullable
    UUID topicIdOf(String topic);

    /**
     * Why the broker does not let this client in, or else why another one does not and none has since, new for each call; null when it is
     * not that.
     */
    default @Nullable KafkaException refusalOf(int nodeId) {
        return null;
    }

    /** Batches wait for a producer id. */
    void identityNeeded(long nowNanos);
}
