package io.penstock.internal.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.internal.cluster.BrokerNode;
import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.cluster.PartitionView;
import io.penstock.internal.cluster.TopicView;
import io.penstock.producer.Cluster;
import io.penstock.producer.Node;
import io.penstock.producer.PartitionInfo;
import io.penstock.producer.Uuid;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClusterAdapterTest {

    private final TopicView topic = TopicView.of(
            "t",
            new UUID(1, 2),
            true,
            List.of(
                    new PartitionView(0, 0, 3, new int[] {0, 9}, new int[] {0}, new int[] {9}),
                    PartitionView.of(1, -1, 3)));
    private final ClusterView view = ClusterView.of(
            "c", List.of(new BrokerNode(0, "h", 1, "a"), new BrokerNode(1, "h", 2, null)), List.of(topic));

    @Test
    void toCluster_showsWhatTheViewShows() {
        Cluster cluster = new ClusterAdapter().toCluster(view);
        assertThat(cluster.clusterResource().clusterId()).isEqualTo("c");
        assertThat(cluster.nodes()).hasSize(2);
        assertThat(cluster.nodeById(0)).isEqualTo(new Node(0, "h", 1, "a"));
        assertThat(cluster.topics()).containsExactly("t");
        assertThat(cluster.internalTopics()).containsExactly("t");
        assertThat(cluster.topicId("t")).isEqualTo(new Uuid(1, 2));
        assertThat(cluster.availablePartitionsForTopic("t")).hasSize(1);
        assertThat(cluster.controller()).isNull();
    }

    @Test
    void toCluster_ofTheSameView_isTheSameObject() {
        ClusterAdapter adapter = new ClusterAdapter();
        assertThat(adapter.toCluster(view)).isSameAs(adapter.toCluster(view));
        assertThat(adapter.toCluster(ClusterView.EMPTY)).isNotSameAs(adapter.toCluster(view));
    }

    @Test
    void partitions_showLeadersAndReplicas_alsoOfBrokersThatAreDown() {
        List<PartitionInfo> partitions = ClusterAdapter.partitions(topic, view);
        PartitionInfo first = partitions.get(0);
        assertThat(first.leader()).isEqualTo(new Node(0, "h", 1, "a"));
        assertThat(first.replicas()).extracting(Node::id).containsExactly(0, 9);
        assertThat(first.offlineReplicas()[0].isEmpty()).isTrue();
        assertThat(partitions.get(1).leader()).isNull();
    }
}
