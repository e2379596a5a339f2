package io.penstock.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundRobinPartitionerTest {

    private static final Node NODE = new Node(0, "h", 1);

    private final RoundRobinPartitioner partitioner = new RoundRobinPartitioner();

    private static Cluster cluster(Node... leaders) {
        List<PartitionInfo> partitions = new ArrayList<>();
        for (int i = 0; i < leaders.length; i++) {
            partitions.add(new PartitionInfo("t", i, leaders[i], new Node[0], new Node[0]));
        }
        return new Cluster("c", List.of(NODE), partitions, Set.of(), Set.of());
    }

    private int place(Cluster cluster) {
        return partitioner.partition("t", null, null, "v", new byte[0], cluster);
    }

    /** As the producer does it: every record opens a new batch where batches hold one record. */
    private int placeInNewBatch(Cluster cluster) {
        partitioner.onNewBatch("t", cluster, place(cluster));
        return place(cluster);
    }

    @Test
    void partition_goesRound() {
        Cluster cluster = cluster(NODE, NODE, NODE);
        List<Integer> placed = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            placed.add(place(cluster));
        }
        assertThat(placed).containsExactly(0, 1, 2, 0, 1, 2, 0);
    }

    /** KAFKA-9965: with an even number of partitions, every second one was never used. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 5, 64})
    void partition_whenEveryRecordOpensABatch_usesAllPartitions(int partitionCount) {
        Node[] leaders = new Node[partitionCount];
        java.util.Arrays.fill(leaders, NODE);
        Cluster cluster = cluster(leaders);
        int[] counts = new int[partitionCount];
        for (int i = 0; i < partitionCount * 10; i++) {
            counts[placeInNewBatch(cluster)]++;
        }
        assertThat(counts).containsOnly(10);
    }

    @Test
    void partition_withoutLeader_isPassedOver() {
        Cluster cluster = cluster(NODE, null, NODE);
        for (int i = 0; i < 10; i++) {
            assertThat(place(cluster)).isNotEqualTo(1);
        }
    }

    @Test
    void partition_whenNoneHasALeader_goesRoundAll() {
        Cluster cluster = cluster(null, null);
        assertThat(List.of(place(cluster), place(cluster))).containsExactly(0, 1);
    }

    @Test
    void partition_ofAnotherTopic_hasItsOwnTurn() {
        Cluster cluster = new Cluster(
                "c",
                List.of(NODE),
                List.of(
                        new PartitionInfo("t", 0, NODE, new Node[0], new Node[0]),
                        new PartitionInfo("t", 1, NODE, new Node[0], new Node[0]),
                        new PartitionInfo("u", 0, NODE, new Node[0], new Node[0])),
                Set.of(),
                Set.of());
        partitioner.onNewBatch("t", cluster, 1);
        assertThat(partitioner.partition("u", null, null, "v", null, cluster)).isZero();
        assertThat(place(cluster)).isZero();
    }

    @Test
    void partition_fromManyThreads_isEven() throws Exception {
        Cluster cluster = cluster(NODE, NODE, NODE, NODE);
        AtomicIntegerArray counts = new AtomicIntegerArray(4);
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int i = 0; i < 1_000; i++) {
                    counts.incrementAndGet(placeInNewBatch(cluster));
                }
            });
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join(30_000);
        }
        for (int i = 0; i < 4; i++) {
            assertThat(counts.get(i)).isEqualTo(1_000);
        }
    }
}
