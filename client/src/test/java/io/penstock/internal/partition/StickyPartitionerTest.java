package io.penstock.internal.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.cluster.TopicView;
import io.penstock.internal.config.PartitionSettings;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StickyPartitionerTest {

    private static final int BATCH = 1_000;
    private static final PartitionSettings ADAPTIVE = new PartitionSettings(false, true, 0, false, "");
    private static final PartitionSettings UNIFORM = new PartitionSettings(false, false, 0, false, "");
    private static final PartitionSettings NEAR_A = new PartitionSettings(false, true, 0, true, "a");

    private final Random random = new Random(42);

    private StickyPartitioner partitioner(PartitionSettings settings) {
        return new StickyPartitioner(settings, BATCH, () -> random);
    }

    private record Loads(IntUnaryOperator queued, IntPredicate down) implements QueueLoads {
        @Override
        public int queuedBatches(int partition) {
            return queued.applyAsInt(partition);
        }

        @Override
        public boolean unavailable(int partition) {
            return down.test(partition);
        }
    }

    private static QueueLoads queued(int... sizes) {
        return new Loads(i -> sizes[i], i -> false);
    }

    /** How often each partition is chosen in so many stays of one full batch each. */
    private static double[] shares(StickyPartitioner partitioner, TopicView topic, QueueLoads loads, int stays) {
        ClusterView cluster = TestTopics.cluster(topic);
        double[] shares = new double[topic.partitionCount()];
        for (int i = 0; i < stays; i++) {
            int partition = partitioner.current(topic, cluster, loads);
            shares[partition] += 1.0 / stays;
            partitioner.onAppended(partition, BATCH, true, topic, cluster, loads);
        }
        return shares;
    }

    @Test
    void constructor_whenNothingIsSticky_refuses() {
        assertThatThrownBy(() -> new StickyPartitioner(ADAPTIVE, 0, () -> random))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }

    @Test
    void current_untilABatchIsProduced_staysTheSame() {
        TopicView topic = TestTopics.topic(8, i -> i % 3);
        ClusterView cluster = TestTopics.cluster(topic);
        StickyPartitioner partitioner = partitioner(ADAPTIVE);
        int first = partitioner.current(topic, cluster, QueueLoads.NONE);
        for (int i = 0; i < 9; i++) {
            partitioner.onAppended(first, BATCH / 10, true, topic, cluster, QueueLoads.NONE);
            assertThat(partitioner.current(topic, cluster, QueueLoads.NONE)).isEqualTo(first);
        }
    }

    /** A switch in the middle of a batch leaves a fraction of a batch behind (KAFKA-14156). */
    @Test
    void onAppended_whenTheBatchIsNotFull_staysUntilTwiceTheBytes() {
        TopicView topic = TestTopics.topic(1_000, i -> i % 3);
        ClusterView cluster = TestTopics.cluster(topic);
        StickyPartitioner partitioner = partitioner(ADAPTIVE);
        int first = partitioner.current(topic, cluster, QueueLoads.NONE);
        for (int produced = 100; produced < 2 * BATCH; produced += 100) {
            partitioner.onAppended(first, 100, false, topic, cluster, QueueLoads.NONE);
            assertThat(partitioner.current(topic, cluster, QueueLoads.NONE)).isEqualTo(first);
        }
        partitioner.onAppended(first, 100, false, topic, cluster, QueueLoads.NONE);
        assertThat(partitioner.current(topic, cluster, QueueLoads.NONE)).isNotEqualTo(first);
    }

    @Test
    void onAppended_whenTheBatchEndsAfterEnoughBytes_movesOn() {
        TopicView topic = TestTopics.topic(1_000, i -> i % 3);
        ClusterView cluster = TestTopics.cluster(topic);
        StickyPartitioner partitioner = partitioner(ADAPTIVE);
        int first = partitioner.current(topic, cluster, QueueLoads.NONE);
        partitioner.onAppended(first, BATCH, false, topic, cluster, QueueLoads.NONE);
        assertThat(partitioner.current(topic, cluster, QueueLoads.NONE)).isEqualTo(first);
        partitioner.onAppended(first, 1, true, topic, cluster, QueueLoads.NONE);
        assertThat(partitioner.current(topic, cluster, QueueLoads.NONE)).isNotEqualTo(first);
    }

    @Test
    void onAppended_toAnotherPartition_doesNotCount() {
        TopicView topic = TestTopics.topic(1_000, i -> i % 3);
        ClusterView cluster = TestTopics.cluster(topic);
        StickyPartitioner partitioner = partitioner(ADAPTIVE);
        int first = partitioner.current(topic, cluster, QueueLoads.NONE);
        partitioner.onAppended((first + 1) % 1_000, 10 * BATCH, true, topic, cluster, QueueLoads.NONE);
        assertThat(partitioner.current(topic, cluster, QueueLoads.NONE)).isEqualTo(first);
    }

    /** With records that do not divide the batch size, every second batch would otherwise end as a fraction. */
    @Test
    void onNewBatch_whenTheRecordCompletesTheBytes_movesOnAtTheBatchsEnd() {
        TopicView topic = TestTopics.topic(1_000, i -> i % 3);
        ClusterView cluster = TestTopics.cluster(topic);
        StickyPartitioner partitioner = partitioner(ADAPTIVE);
        int first = partitioner.current(topic, cluster, QueueLoads.NONE);
        assertThat(partitioner.onNewBatch(first, 600, topic, cluster, QueueLoads.NONE))
                .as("nothing was produced yet")
                .isEqualTo(first);
        partitioner.onAppended(first, 600, false, topic, cluster, QueueLoads.NONE);
        int second = partitioner.onNewBatch(first, 600, topic, cluster, QueueLoads.NONE);
        assertThat(second).isNotEqualTo(first);
        assertThat(partitioner.current(topic, cluster, QueueLoads.NONE)).isEqualTo(second);
    }

    @Test
    void onNewBatch_afterLingerWithFewBytes_stays() {
        TopicView topic = TestTopics.topic(1_000, i -> i % 3);
        ClusterView cluster = TestTopics.cluster(topic);
        StickyPartitioner partitioner = partitioner(ADAPTIVE);
        int first = partitioner.current(topic, cluster, QueueLoads.NONE);
        partitioner.onAppended(first, 100, false, topic, cluster, QueueLoads.NONE);
        assertThat(partitioner.onNewBatch(first, 100, topic, cluster, QueueLoads.NONE))
                .isEqualTo(first);
    }

    @Test
    void onNewBatch_forARecordLargerThanTheBatchSize_choosesOnce() {
        TopicView topic = TestTopics.topic(1_000, i -> i % 3);
        ClusterView cluster = TestTopics.cluster(topic);
        StickyPartitioner partitioner = partitioner(ADAPTIVE);
        int first = partitioner.current(topic, cluster, QueueLoads.NONE);
        int chosen = partitioner.onNewBatch(first, 50 * BATCH, topic, cluster, QueueLoads.NONE);
        assertThat(partitioner.onNewBatch(chosen, 50 * BATCH, topic, cluster, QueueLoads.NONE))
                .isEqualTo(chosen);
    }

    @Test
    void choice_withTheQueuesOfTheKip_hasTheWeightsOfTheKip() {
        TopicView topic = TestTopics.topic(3, i -> i);
        double[] shares = shares(partitioner(ADAPTIVE), topic, queued(0, 3, 1), 200_000);
        assertThat(shares[0]).isCloseTo(4 / 8.0, within(0.01));
        assertThat(shares[1]).isCloseTo(1 / 8.0, within(0.01));
        assertThat(shares[2]).isCloseTo(3 / 8.0, within(0.01));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 15, 16})
    void choice_ofUpToSixteen_hasExactlyTheWeightsOfTheKip(int partitionCount) {
        int[] sizes = new Random(partitionCount).ints(partitionCount, 0, 20).toArray();
        double[] shares =
                shares(partitioner(ADAPTIVE), TestTopics.topic(partitionCount, i -> 0), queued(sizes), 300_000);
        int longest = Arrays.stream(sizes).max().getAsInt();
        double total =
                Arrays.stream(sizes).mapToDouble(size -> longest + 1 - size).sum();
        for (int i = 0; i < partitionCount; i++) {
            assertThat(shares[i]).isCloseTo((longest + 1 - sizes[i]) / total, within(0.01));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 100})
    void choice_ofManyWithEqualQueues_isUniform(int partitionCount) {
        QueueLoads equal = new Loads(i -> 7, i -> false);
        double[] shares = shares(partitioner(ADAPTIVE), TestTopics.topic(partitionCount, i -> 0), equal, 400_000);
        for (double share : shares) {
            assertThat(share * partitionCount).isCloseTo(1.0, within(0.1));
        }
    }

    /** The claim of docs/decisions/sampled-partition-weights.md. */
    @Test
    void choice_ofMany_isNearTheWeightsOfTheKip() {
        int partitionCount = 64;
        int[] sizes = new int[partitionCount];
        for (int i = 0; i < 8; i++) {
            sizes[i] = 9;
        }
        double[] shares =
                shares(partitioner(ADAPTIVE), TestTopics.topic(partitionCount, i -> 0), queued(sizes), 400_000);
        double slow = Arrays.stream(shares, 0, 8).average().getAsDouble();
        double fast = Arrays.stream(shares, 8, partitionCount).average().getAsDouble();
        double total = 8 + 56 * 10;
        assertThat(fast).isCloseTo(10 / total, within(0.05 * 10 / total));
        assertThat(slow).isLessThan(fast / 4);
    }

    @Test
    void choice_whenNotAdaptive_takesNoNoticeOfQueues() {
        QueueLoads loads = new Loads(i -> i * 100, i -> i == 0);
        double[] shares = shares(partitioner(UNIFORM), TestTopics.topic(4, i -> 0), loads, 100_000);
        for (double share : shares) {
            assertThat(share).isCloseTo(0.25, within(0.01));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 16, 17, 1_000})
    void choice_whileOnePartitionHasALeader_isNeverAnother(int partitionCount) {
        int led = partitionCount / 2;
        TopicView topic = TestTopics.topic(partitionCount, i -> i == led ? 0 : -1);
        double[] shares = shares(partitioner(ADAPTIVE), topic, QueueLoads.NONE, 500);
        assertThat(shares[led]).isCloseTo(1.0, within(1e-9));
    }

    @Test
    void choice_whenSomeHaveNoLeader_isUniformOverTheRest() {
        TopicView topic = TestTopics.topic(600, i -> i % 3 == 0 ? -1 : 1);
        double[] shares = shares(partitioner(ADAPTIVE), topic, QueueLoads.NONE, 400_000);
        for (int i = 0; i < 600; i++) {
            assertThat(shares[i] * 400).isCloseTo(i % 3 == 0 ? 0 : 1.0, within(0.25));
        }
    }

    @Test
    void choice_whenNoneHasALeader_isAnyPartition() {
        double[] shares = shares(partitioner(ADAPTIVE), TestTopics.topic(4, i -> -1), QueueLoads.NONE, 10_000);
        for (double share : shares) {
            assertThat(share).isCloseTo(0.25, within(0.05));
        }
    }

    @Test
    void current_whenThePartitionLosesItsLeader_movesAtOnce() {
        TopicView before = TestTopics.topic(4, i -> 0);
        StickyPartitioner partitioner = partitioner(ADAPTIVE);
        int first = partitioner.current(before, TestTopics.cluster(before), QueueLoads.NONE);
        TopicView after = TestTopics.topic(4, i -> i == first ? -1 : 0);
        assertThat(partitioner.current(after, TestTopics.cluster(after), QueueLoads.NONE))
                .isNotEqualTo(first);
    }

    /** A topic deleted and created again may have fewer partitions. */
    @Test
    void current_whenThePartitionIsGone_movesAtOnce() {
        TopicView before = TestTopics.topic(50, i -> i == 49 ? 0 : -1);
        StickyPartitioner partitioner = partitioner(ADAPTIVE);
        assertThat(partitioner.current(before, TestTopics.cluster(before), QueueLoads.NONE))
                .isEqualTo(49);
        TopicView after = TestTopics.topic(2, i -> 0);
        assertThat(partitioner.current(after, TestTopics.cluster(after), QueueLoads.NONE))
                .isLessThan(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 40})
    void choice_avoidsPartitionsWhoseBrokerDoesNotTakeBatches(int partitionCount) {
        QueueLoads loads = new Loads(i -> 0, i -> i % 4 == 0);
        double[] shares = shares(partitioner(ADAPTIVE), TestTopics.topic(partitionCount, i -> 0), loads, 20_000);
        for (int i = 0; i < partitionCount; i += 4) {
            assertThat(shares[i]).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 40})
    void choice_whenAllAreUnavailable_isStillMade(int partitionCount) {
        QueueLoads loads = new Loads(i -> 0, i -> true);
        double[] shares = shares(partitioner(ADAPTIVE), TestTopics.topic(partitionCount, i -> 0), loads, 20_000);
        for (double share : shares) {
            assertThat(share * partitionCount).isCloseTo(1.0, within(0.3));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 300})
    void choice_whenRackAware_isLedFromTheClientsRack(int partitionCount) {
        TopicView topic = TestTopics.topic(partitionCount, i -> i % 4);
        double[] shares = shares(partitioner(NEAR_A), topic, QueueLoads.NONE, 20_000);
        for (int i = 0; i < partitionCount; i++) {
            assertThat(shares[i] > 0).as("partition %d", i).isEqualTo(i % 4 == 0);
        }
    }

    @Test
    void choice_whenTheRackHasNoLeader_isAmongAll() {
        double[] shares = shares(partitioner(NEAR_A), TestTopics.topic(3, i -> 1 + i % 2), QueueLoads.NONE, 10_000);
        assertThat(Arrays.stream(shares).min().getAsDouble()).isGreaterThan(0.3);
    }

    @Test
    void choice_whenTheRackIsUnavailable_isAmongTheOthers() {
        QueueLoads loads = new Loads(i -> 0, i -> i == 0);
        double[] shares = shares(partitioner(NEAR_A), TestTopics.topic(3, i -> i), loads, 10_000);
        assertThat(shares[0]).isZero();
        assertThat(shares[1]).isGreaterThan(0.4);
    }

    @Test
    void choice_whenRackAware_followsTheQueuesWithinTheRack() {
        double[] shares = shares(partitioner(NEAR_A), TestTopics.topic(2, i -> 0), queued(0, 4), 100_000);
        assertThat(shares[0]).isCloseTo(5 / 6.0, within(0.01));
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 600})
    void choice_whenLeadersMove_leavesTheOldRackPartitionsAtOnce(int partitionCount) {
        StickyPartitioner partitioner = partitioner(NEAR_A);
        shares(partitioner, TestTopics.topic(partitionCount, i -> i % 2), QueueLoads.NONE, 1_000);
        TopicView moved = TestTopics.topic(partitionCount, i -> 1 - i % 2);
        ClusterView cluster = TestTopics.cluster(moved);
        int left = partitioner.current(moved, cluster, QueueLoads.NONE);
        partitioner.onAppended(left, BATCH, true, moved, cluster, QueueLoads.NONE);
        double[] shares = shares(partitioner, moved, QueueLoads.NONE, 1_000);
        for (int i = 0; i < partitionCount; i += 2) {
            assertThat(shares[i]).isZero();
        }
    }

    @Test
    void onAppended_fromManyThreads_movesOncePerBatchOfBytes() throws Exception {
        TopicView topic = TestTopics.topic(64, i -> 0);
        ClusterView cluster = TestTopics.cluster(topic);
        int[] draws = new int[1];
        RandomGenerator shared = new Random(7);
        StickyPartitioner partitioner = new StickyPartitioner(UNIFORM, BATCH, () -> {
            synchronized (draws) {
                draws[0]++;
            }
            return shared;
        });
        int threads = 4;
        int records = 50_000;
        CountDownLatch start = new CountDownLatch(1);
        Thread[] workers = new Thread[threads];
        for (int t = 0; t < threads; t++) {
            workers[t] = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int i = 0; i < records; i++) {
                    int partition = partitioner.current(topic, cluster, QueueLoads.NONE);
                    partitioner.onAppended(partition, 10, true, topic, cluster, QueueLoads.NONE);
                }
            });
            workers[t].start();
        }
        start.countDown();
        for (Thread worker : workers) {
            worker.join(30_000);
            assertThat(worker.isAlive()).isFalse();
        }
        // 2,000 batches of bytes; appends that arrive late for a stay that has ended are lost to the count, never
        // doubled.
        assertThat(draws[0]).isBetween(1_000, 2_000 + threads * 2_000);
    }
}
