package io.penstock.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RoundRobinPartitionerTest {
    private static final Node NODE = new Node(1, "one", 9092);

    private static Cluster cluster(String topic, boolean... led) {
        List<PartitionInfo> partitions = new ArrayList<>();
        for (int i = 0; i < led.length; i++) {
            partitions.add(new PartitionInfo(topic, i, led[i] ? NODE : null, new Node[0], new Node[0]));
        }
        return new Cluster("id", List.of(NODE), partitions, Set.of(), Set.of());
    }

    private static int next(Partitioner partitioner, String topic, Cluster cluster) {
        return partitioner.partition(topic, null, null, null, null, cluster);
    }

    @Test
    void partition_whenEveryRecordOpensABatch_stillUsesEveryPartition() {
        // prevents KAFKA-9965: asked twice for one record, a plain counter never reaches half of the partitions
        Cluster cluster = cluster("t", true, true, true, true);
        var partitioner = new RoundRobinPartitioner();
        Map<Integer, Integer> uses = new TreeMap<>();
        for (int i = 0; i < 400; i++) {
            int first = next(partitioner, "t", cluster);
            partitioner.onNewBatch("t", cluster, first);
            uses.merge(next(partitioner, "t", cluster), 1, Integer::sum);
        }
        assertThat(uses).isEqualTo(Map.of(0, 100, 1, 100, 2, 100, 3, 100));
    }

    @Test
    void partition_leavesOutTheLeaderless_unlessAllAre() {
        var partitioner = new RoundRobinPartitioner();
        Cluster half = cluster("t", true, false, true, false);
        for (int i = 0; i < 20; i++) {
            assertThat(next(partitioner, "t", half)).isIn(0, 2);
        }
        Cluster none = cluster("t", false, false);
        assertThat(List.of(next(partitioner, "t", none), next(partitioner, "t", none)))
                .containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void partition_afterAnUnansweredNewBatchOfAnotherTopic_goesOn() {
        var partitioner = new RoundRobinPartitioner();
        partitioner.onNewBatch("other", cluster("other", true), 0);
        Cluster cluster = cluster("t", true, true, true);
        assertThat(List.of(next(partitioner, "t", cluster), next(partitioner, "t", cluster)))
                .containsExactly(0, 1);
    }
}
