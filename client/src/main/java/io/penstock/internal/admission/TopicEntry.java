package io.penstock.internal.admission;

import io.penstock.internal.accumulator.PartitionQueue;
import io.penstock.internal.accumulator.TopicQueues;
import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.cluster.TopicView;
import io.penstock.internal.partition.QueueLoads;
import io.penstock.internal.partition.StickyPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * What admission keeps of one topic: its queues, and the partition that records without a key stick to.
 *
 * <p>Any thread; immutable but for what the parts guard themselves and the view that was seen last.
 */
final class TopicEntry implements QueueLoads {

    private final TopicQueues queues;
    private final StickyPartitioner sticky;

    /** The topic as the last record found it; a lost write costs one look-up. */
    private volatile @Nullable KnownTopic known;

    TopicEntry(TopicQueues queues, StickyPartitioner sticky) {
        this.queues = queues;
        this.sticky = sticky;
    }

    /** The topic in this view; null when the view does not have it. */
    @Nullable
    KnownTopic in(ClusterView view) {
        KnownTopic last = known;
        if (last != null && last.cluster() == view) {
            return last;
        }
        TopicView topic = view.topic(queues.topic());
        last = topic == null ? null : new KnownTopic(topic, view);
        known = last;
        return last;
    }

    TopicQueues queues() {
        return queues;
    }

    StickyPartitioner sticky() {
        return sticky;
    }

    @Override
    public int queuedBatches(int partition) {
        PartitionQueue queue = queues.queueIfUsed(partition);
        return queue == null ? 0 : queue.queuedBatches();
    }

    @Override
    public boolean unavailable(int partition) {
        PartitionQueue queue = queues.queueIfUsed(partition);
        return queue != null && queue.isStalled();
    }
}
