package io.penstock.internal.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.cluster.TopicView;
import io.penstock.internal.config.PartitionSettings;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How long the partitioner stays with a partition when batches grow with the backlog, and when they do not. */
class StickyStaysTest {

    private static final int BATCH = 1_000;
    private static final PartitionSettings UNIFORM = new PartitionSettings(false, false, 0, false, "");

    private final Random random = new Random(42);

    /** Bytes until the partition changes, in records of a tenth of a batch; {@code taken} says what the loop does at each batch's worth. */
    private static int stay(StickyPartitioner partitioner, TopicView topic, boolean taken) {
        ClusterView cluster = TestTopics.cluster(topic);
        int partition = partitioner.current(topic, cluster, QueueLoads.NONE);
        int bytes = 0;
        int batch = 0;
        while (true) {
            if (taken && batch >= BATCH || bytes == 0) {
                batch = 0;
                if (partitioner.onNewBatch(partition, BATCH / 10, topic, cluster, QueueLoads.NONE) != partition) {
                    return bytes;
                }
            }
            bytes += BATCH / 10;
            batch += BATCH / 10;
            partitioner.onAppended(partition, BATCH / 10, batch >= BATCH, topic, cluster, QueueLoads.NONE);
            if (partitioner.current(topic, cluster, QueueLoads.NONE) != partition) {
                return bytes;
            }
        }
    }

    @Test
    void stays_whileNothingIsTaken_growUpToTheMost_andShrinkOnceItIs() {
        TopicView topic = TestTopics.topic(100_000, i -> i % 3);
        StickyPartitioner partitioner = new StickyPartitioner(UNIFORM, BATCH, 16 * BATCH, () -> random);
        int last = 0;
        for (int i = 0; i < 40; i++) {
            int now = stay(partitioner, topic, false);
            assertThat(now).isBetween(Math.max(BATCH, last), 16 * BATCH);
            last = now;
        }
        assertThat(last).isEqualTo(16 * BATCH);
        for (int i = 0; i < 10; i++) {
            last = stay(partitioner, topic, true);
        }
        assertThat(last).isLessThanOrEqualTo(2 * BATCH);
    }

    @Test
    void stays_whenBatchesDoNotGrow_areAlwaysOfOneBatch() {
        TopicView topic = TestTopics.topic(100_000, i -> i % 3);
        StickyPartitioner partitioner = new StickyPartitioner(UNIFORM, BATCH, () -> random);
        for (int i = 0; i < 40; i++) {
            assertThat(stay(partitioner, topic, false)).isEqualTo(BATCH);
        }
    }

    /** A partition whose broker is slow must not get more than the others (KIP-794), though what goes there is never taken in time. */
    @Test
    void stays_withSlowPartitionsAmongFastOnes_giveEachAsManyBytes() {
        TopicView topic = TestTopics.topic(16, i -> i % 3);
        ClusterView cluster = TestTopics.cluster(topic);
        for (int slow : new int[] {1, 8, 15}) {
            StickyPartitioner partitioner = new StickyPartitioner(UNIFORM, BATCH, 16 * BATCH, () -> random);
            double[] bytes = new double[16];
            double total = 0;
            for (int i = 0; i < 8_000; i++) {
                int partition = partitioner.current(topic, cluster, QueueLoads.NONE);
                int produced = stay(partitioner, topic, partition >= slow);
                bytes[partition] += produced;
                total += produced;
            }
            double toSlow = Arrays.stream(bytes, 0, slow).sum() / total;
            assertThat(toSlow).as(slow + " slow").isCloseTo(slow / 16.0, within(0.03));
        }
    }
}
