package io.penstock.internal.partition;

import io.penstock.internal.cluster.BrokerNode;
import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.cluster.PartitionView;
import io.penstock.internal.cluster.TopicView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Views to partition records by. */
final class TestTopics {

    static final String NAME = "t";

    private TestTopics() {}

    /** A topic whose partition i is led by {@code leader(i)}. */
    static TopicView topic(int partitionCount, IntUnaryOperator leader) {
        List<PartitionView> partitions = new ArrayList<>();
        for (int i = 0; i < partitionCount; i++) {
            partitions.add(PartitionView.of(i, leader.applyAsInt(i), 0));
        }
        return TopicView.of(NAME, null, false, partitions);
    }

    /** Three brokers in the racks a, b and c. */
    static ClusterView cluster(TopicView topic) {
        return ClusterView.of(
                "c",
                List.of(
                        new BrokerNode(0, "h", 1, "a"),
                        new BrokerNode(1, "h", 2, "b"),
                        new BrokerNode(2, "h", 3, "c"),
                        new BrokerNode(3, "h", 4, null)),
                List.of(topic));
    }
}
