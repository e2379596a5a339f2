package io.penstock.internal.partition;

/**
 * What the adaptive partitioner may know of the queues of one topic.
 *
 * <p>Asked from any thread, some sixteen times when a topic's sticky partition changes; answers without locks, and may be a
 * little out of date.
 */
public interface QueueLoads {

    /** Nothing is queued anywhere and everything is available. */
    QueueLoads NONE = new QueueLoads() {
        @Override
        public int queuedBatches(int partition) {
            return 0;
        }

        @Override
        public boolean unavailable(int partition) {
            return false;
        }
    };

    /** How many batches wait to be sent to this partition. */
    int queuedBatches(int partition);

    /**
     * Whether the partition's broker has had batches ready and not taken them for
     * {@code partitioner.availability.timeout.ms}; never when that setting is 0.
     */
    boolean unavailable(int partition);
}
