package io.penstock.testkit.fake;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What brokers say of the cluster at one time. Immutable. */
record MetadataImage(int controllerId, List<BrokerImage> brokers, Map<String, TopicImage> topics) {

    record BrokerImage(
            int id, String host, int port, @Nullable String rack) {}

    record TopicImage(String name, UUID id, List<PartitionImage> partitions) {}

    record PartitionImage(int index, int leaderId, int leaderEpoch, int[] replicas, int[] inSync, int[] offline) {}

    @Nullable
    TopicImage topic(UUID id) {
        for (TopicImage topic : topics.values()) {
            if (topic.id().equals(id)) {
                return topic;
            }
        }
        return null;
    }

    @Nullable
    BrokerImage broker(int id) {
        for (BrokerImage broker : brokers) {
            if (broker.id() == id) {
                return broker;
            }
        }
        return null;
    }
}
