package io.penstock.internal.partition;

import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.cluster.TopicView;
import io.penstock.internal.config.PartitionSettings;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the partition of one topic's records that have neither a partition nor a key: it stays with one partition until a
 * batch's worth of bytes went there, then chooses the next (KIP-480, KIP-794, KIP-1123).
 *
 * <p>Any thread; no locks. Of several threads that find it time to move on, one moves and the others follow. A move happens
 * where a batch ends, so that it leaves no fraction of a batch behind, but at the latest a batch's worth later; and at once when
 * the partition has lost its leader while another has one. Under a backlog stays become longer, all of them alike
 * ({@link StayLength}).
 */
public final class StickyPartitioner {

    private final boolean adaptive;
    private final @Nullable String rack;
    private final int stickyBatchBytes;
    private final StayLength length;
    private final Supplier<? extends RandomGenerator> random;
    private final AtomicReference<@Nullable Stay> stay = new AtomicReference<>();
    private volatile @Nullable RackIndex rackIndex;

    /**
     * @param stickyBatchBytes how much goes to one partition before the next is chosen; at least 1
     * @param random gives the calling thread its source of randomness
     */
    public StickyPartitioner(
            PartitionSettings settings, int stickyBatchBytes, Supplier<? extends RandomGenerator> random) {
        this(settings, stickyBatchBytes, stickyBatchBytes, random);
    }

    /**
     * @param mostBytes to one partition while none of what goes there is taken; {@code stickyBatchBytes} when batches do not grow
     */
    public StickyPartitioner(
            PartitionSettings settings,
            int stickyBatchBytes,
            int mostBytes,
            Supplier<? extends RandomGenerator> random) {
        if (stickyBatchBytes < 1) {
            throw new IllegalArgumentException("stickyBatchBytes must be at least 1, it is " + stickyBatchBytes);
        }
        this.adaptive = settings.adaptive();
        this.rack = settings.rackAware() && !settings.clientRack().isEmpty() ? settings.clientRack() : null;
        this.stickyBatchBytes = stickyBatchBytes;
        this.length = new StayLength(stickyBatchBytes, mostBytes);
        this.random = random;
    }

    /** The partition for the next record. */
    public int current(TopicView topic, ClusterView cluster, QueueLoads loads) {
        Stay now = stay.get();
        if (now != null && isUsable(now, topic)) {
            return now.partition;
        }
        return moveOn(now, topic, cluster, loads);
    }

    /**
     * A record was appended to the partition that {@link #current} gave.
     *
     * @param bytes what the record added to its batch
     * @param batchFull whether the partition's newest batch takes no more records, so that to leave now leaves nothing behind
     */
    public void onAppended(
            int partition, int bytes, boolean batchFull, TopicView topic, ClusterView cluster, QueueLoads loads) {
        Stay now = stay.get();
        if (now == null || now.partition != partition) {
            return;
        }
        long produced = now.producedBytes.addAndGet(bytes);
        // Without a batch's end in sight (others write to the same partition, by key) one would never leave.
        if (produced >= now.bytes + (long) stickyBatchBytes || produced >= now.bytes && batchFull) {
            moveOn(now, topic, cluster, loads);
        }
    }

    /**
     * The next record does not fit the partition's newest batch, or there is none: here ends a batch for certain. Moves on if,
     * with that record, enough bytes would have gone there.
     *
     * @return the partition to use, which may be the same
     */
    public int onNewBatch(int partition, int nextBytes, TopicView topic, ClusterView cluster, QueueLoads loads) {
        Stay now = stay.get();
        if (now != null && now.partition == partition && isUsable(now, topic)) {
            long produced = now.producedBytes.get();
            if (produced == 0) {
                return partition;
            }
            now.taken = true;
            return produced + nextBytes >= length.atBatchEnd(now.bytes)
                    ? moveOn(now, topic, cluster, loads)
                    : partition;
        }
        return current(topic, cluster, loads);
    }

    /** As views do not change, a partition is looked up once in each. */
    private static boolean isUsable(Stay stay, TopicView topic) {
        if (stay.usableIn == topic) {
            return true;
        }
        boolean usable = isUsable(stay.partition, topic);
        if (usable) {
            stay.usableIn = topic;
        }
        return usable;
    }

    private static boolean isUsable(int partition, TopicView topic) {
        return partition < topic.partitionCount() && (topic.partition(partition).hasLeader() || topic.ledCount() == 0);
    }

    /** Ends this stay, unless somebody has done so already; the partition to stay with from now on. */
    private int moveOn(@Nullable Stay ended, TopicView topic, ClusterView cluster, QueueLoads loads) {
        Stay next = new Stay(choose(topic, cluster, loads), length.bytes());
        if (stay.compareAndSet(ended, next)) {
            if (ended != null) {
                length.onEnded(ended.bytes, ended.taken);
            }
            return next.partition;
        }
        Stay others = stay.get();
        // Another thread may have chosen by a view older than ours; what is chosen here is then good for this record at
        // least.
        return others != null && isUsable(others.partition, topic) ? others.partition : next.partition;
    }

    private int choose(TopicView topic, ClusterView cluster, QueueLoads loads) {
        RandomGenerator source = random.get();
        int led = topic.ledCount();
        if (led == 0) {
            return source.nextInt(topic.partitionCount());
        }
        if (rack != null) {
            int near = chooseNear(rack, topic, cluster, loads, source);
            if (near >= 0) {
                return near;
            }
        }
        int chosen = chooseOf(led, topic::ledPartition, loads, source);
        return chosen >= 0 ? chosen : topic.ledPartition(source.nextInt(led));
    }

    /** One of the candidates, or -1 when there are none or all looked at are unavailable. */
    private int chooseOf(int count, IntUnaryOperator candidate, QueueLoads loads, RandomGenerator source) {
        if (adaptive) {
            return WeightedChoice.byLoad(count, candidate, loads, source);
        }
        return count == 0 ? -1 : candidate.applyAsInt(source.nextInt(count));
    }

    private int chooseNear(
            String here, TopicView topic, ClusterView cluster, QueueLoads loads, RandomGenerator source) {
        RackIndex index = RackIndex.of(rackIndex, here, topic, cluster);
        int near = chooseOf(index.count(), index::partition, loads, source);
        if (near >= 0 && !RackIndex.isLedFrom(here, topic, near, cluster)) {
            index = RackIndex.build(here, topic, cluster); // the index is of an older view, and by now wrong
            near = chooseOf(index.count(), index::partition, loads, source);
        }
        rackIndex = index;
        return near;
    }

    /** The time spent with one partition. */
    private static final class Stay {
        final int partition;
        final int bytes;
        final AtomicLong producedBytes = new AtomicLong();

        /** Something that was appended in its time has left the queue. Written by any thread, never back. */
        volatile boolean taken;

        /** The view that the partition was last found usable in; plain, as only its identity counts and a lost write costs a look. */
        @Nullable
        TopicView usableIn;

        Stay(int partition, int bytes) {
            this.partition = partition;
            this.bytes = bytes;
        }
    }
}
