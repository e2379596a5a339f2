package io.penstock.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterTypesTest {
    private static final Node ONE = new Node(1, "one", 9092, "r1");
    private static final Node TWO = new Node(2, "two", 9092);
    private static final Node[] BOTH = {ONE, TWO};
    private static final PartitionInfo LED = new PartitionInfo("t", 0, ONE, BOTH, BOTH, new Node[] {TWO});
    private static final PartitionInfo LEADERLESS = new PartitionInfo("t", 1, null, BOTH, BOTH);

    private static Cluster cluster() {
        return new Cluster(
                "id",
                List.of(ONE, TWO),
                List.of(LED, LEADERLESS),
                Set.of("secret"),
                Set.of("bad name"),
                Set.of("__offsets"),
                TWO,
                Map.of("t", new Uuid(3, 4)));
    }

    @Test
    void cluster_answersByTopicPartitionAndNode() {
        Cluster cluster = cluster();
        assertThat(cluster.partitionsForTopic("t")).containsExactly(LED, LEADERLESS);
        assertThat(cluster.availablePartitionsForTopic("t")).containsExactly(LED);
        assertThat(cluster.partitionsForNode(1)).containsExactly(LED);
        assertThat(cluster.partitionsForNode(2)).isEmpty();
        assertThat(cluster.partitionCountForTopic("t")).isEqualTo(2);
        assertThat(cluster.partitionCountForTopic("unknown")).isNull();
        assertThat(cluster.partitionsForTopic("unknown")).isEmpty();
        assertThat(cluster.leaderFor(new TopicPartition("t", 0))).isEqualTo(ONE);
        assertThat(cluster.leaderFor(new TopicPartition("t", 1))).isNull();
        assertThat(cluster.nodeIfOnline(new TopicPartition("t", 0), 1)).contains(ONE);
        assertThat(cluster.nodeIfOnline(new TopicPartition("t", 0), 2)).isEmpty();
        assertThat(cluster.topics()).containsExactly("t");
        assertThat(cluster.unauthorizedTopics()).containsExactly("secret");
        assertThat(cluster.invalidTopics()).containsExactly("bad name");
        assertThat(cluster.internalTopics()).containsExactly("__offsets");
        assertThat(cluster.controller()).isEqualTo(TWO);
        assertThat(cluster.topicId("t")).isEqualTo(new Uuid(3, 4));
        assertThat(cluster.topicId("unknown")).isEqualTo(Uuid.ZERO_UUID);
        assertThat(cluster.topicName(new Uuid(3, 4))).isEqualTo("t");
        assertThat(cluster).isEqualTo(cluster()).hasSameHashCodeAs(cluster());
        assertThat(cluster.clusterResource()).isEqualTo(new ClusterResource("id"));
    }

    @Test
    void cluster_withPartitions_keepsTheRest() {
        PartitionInfo now = new PartitionInfo("t", 1, TWO, BOTH, BOTH);
        Cluster changed = cluster().withPartitions(Map.of(new TopicPartition("t", 1), now));
        assertThat(changed.partition(new TopicPartition("t", 1))).isEqualTo(now);
        assertThat(changed.partition(new TopicPartition("t", 0))).isEqualTo(LED);
        assertThat(changed.nodes()).containsExactly(ONE, TWO);
    }

    @Test
    void bootstrap_numbersItsNodesDownwards() {
        Cluster bootstrap = Cluster.bootstrap(
                List.of(InetSocketAddress.createUnresolved("a", 1), InetSocketAddress.createUnresolved("b", 2)));
        assertThat(bootstrap.isBootstrapConfigured()).isTrue();
        assertThat(bootstrap.nodeById(-2)).isEqualTo(new Node(-2, "b", 2));
        assertThat(Cluster.empty().isBootstrapConfigured()).isFalse();
    }

    @Test
    void uuid_isWrittenAndReadAsKafkas() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            long most = random.nextLong();
            long least = random.nextLong();
            var theirs = new org.apache.kafka.common.Uuid(most, least);
            Uuid ours = new Uuid(most, least);
            assertThat(ours).hasToString(theirs.toString());
            assertThat(Uuid.fromString(theirs.toString())).isEqualTo(ours);
            var other = new Uuid(random.nextLong(), most);
            assertThat(Integer.signum(ours.compareTo(other)))
                    .isEqualTo(Integer.signum(theirs.compareTo(new org.apache.kafka.common.Uuid(
                            other.getMostSignificantBits(), other.getLeastSignificantBits()))));
            assertThat(Uuid.randomUuid().toString()).doesNotStartWith("-");
        }
        assertThatThrownBy(() -> Uuid.fromString("AAAA")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Uuid.fromString("A".repeat(25))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nodesAndPartitions_printAsKafkas() {
        assertThat(ONE).hasToString(new org.apache.kafka.common.Node(1, "one", 9092, "r1").toString());
        assertThat(Node.noNode().isEmpty()).isTrue();
        var theirNode = new org.apache.kafka.common.Node(1, "one", 9092, "r1");
        var theirs = new org.apache.kafka.common.PartitionInfo(
                "t", 0, theirNode, new org.apache.kafka.common.Node[] {theirNode}, new org.apache.kafka.common.Node[] {
                    theirNode
                });
        assertThat(new PartitionInfo("t", 0, ONE, new Node[] {ONE}, new Node[] {ONE}))
                .hasToString(theirs.toString());
    }

    @Test
    void offsets_areNeverNegative() {
        assertThatThrownBy(() -> new OffsetAndMetadata(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThat(new OffsetAndMetadata(1, Optional.of(-1), null).leaderEpoch())
                .isEmpty();
        assertThat(new OffsetAndMetadata(1, null).metadata()).isEmpty();
        assertThat(new ConsumerGroupMetadata("g").generationId()).isEqualTo(-1);
    }

    @Test
    void metricNames_areEqualWithoutTheirDescription() {
        assertThat(new MetricName("n", "g", "one", Map.of("a", "b")))
                .isEqualTo(new MetricName("n", "g", "other", Map.of("a", "b")))
                .isNotEqualTo(new MetricName("n", "g", "one", Map.of()));
    }
}
