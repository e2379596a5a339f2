package io.penstock.internal.sender;

import io.penstock.internal.accumulator.PartitionQueue;
import io.penstock.internal.loop.Timer;
import io.penstock.internal.loop.Timers;

/**
 * Sees to it that a lane is looked at when it is due, and when its oldest batch expires.
 *
 * <p>Loop only. Nearly always it stands in the sender's two lines for that; it is itself scheduled for what does not fit there, such as a
 * backoff.
 */
final class LaneTimer extends Timer {

    private final PartitionLane lane;
    private final Timers timers;
    private final DeadlineLine.Entry lingering;
    private final DeadlineLine.Entry expiring;

    LaneTimer(PartitionLane lane, Timers timers) {
        this.lane = lane;
        this.timers = timers;
        this.lingering = new DeadlineLine.Entry(lane);
        this.expiring = new DeadlineLine.Entry(lane);
    }

    /** Its place among those whose batches linger. */
    DeadlineLine.Entry lingering() {
        return lingering;
    }

    /** Its place among those whose oldest batch will expire. */
    DeadlineLine.Entry expiring() {
        return expiring;
    }

    /**
     * @param dueNanos {@link PartitionQueue#NEVER} when only an answer or a record changes anything
     * @param lingers whether that is the end of a linger
     * @param expiryNanos of the oldest batch, {@link PartitionQueue#NEVER} without one
     */
    void arm(Sender sender, long dueNanos, boolean lingers, long expiryNanos) {
        long deadline = dueNanos;
        if (sender.lingering().takes(lane, lingers ? dueNanos : PartitionQueue.NEVER) && lingers) {
            deadline = PartitionQueue.NEVER;
        }
        if (!sender.expiring().takes(lane, expiryNanos)) {
            deadline = deadline == PartitionQueue.NEVER || expiryNanos - deadline < 0 ? expiryNanos : deadline;
        }
        if (deadline == PartitionQueue.NEVER) {
            timers.cancel(this);
        } else if (!isScheduled() || deadlineNanos() != deadline) {
            timers.schedule(this, deadline);
        }
    }

    @Override
    protected void onTimer(long nowNanos) {
        lane.update(nowNanos);
    }
}
