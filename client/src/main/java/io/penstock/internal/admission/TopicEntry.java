package io.penstock.internal.admission;

import io.penstock.internal.accumulator.PartitionQueue;
import io.penstock.internal.accumulator.TopicQueues;
import io.penstock.internal.partition.QueueLoads;
import io.penstock.internal.partition.StickyPartitioner;

/**
 * What admission keeps of one topic: its queues, and the partition that records without a key stick to.
 *
 * <p>Any thread; immutable but for what the parts guard themselves.
 */
final class TopicEntry implements QueueLoads {

    private final TopicQueues queues;
    private final StickyPartitioner sticky;

    TopicEntry(TopicQueues queues, StickyPartitioner sticky) {
        this.queues = queues;
        this.sticky = sticky;
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
