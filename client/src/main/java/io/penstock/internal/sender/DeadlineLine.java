package io.penstock.internal.sender;

import io.penstock.internal.accumulator.PartitionQueue;
import io.penstock.internal.loop.Timer;
import io.penstock.internal.loop.Timers;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lanes that are due after one and the same span, the soonest first: those whose batch lingers, or those that wait for an answer.
 *
 * <p>Loop only. As all wait equally long, who begins to comes last, and one timer serves them all; with a record each for 10,000
 * partitions, a heap of as many timers was a tenth of the loop's time. A lane that would not come last, as its batch began before
 * the others' and something held it up, is not taken and uses its own timer.
 */
final class DeadlineLine extends Timer {

    private final Timers timers;
    private final Function<PartitionLane, Entry> entryOf;
    private final boolean mayComeEarly;

    /** At most one entry for each partition. */
    private final LaneList line = new LaneList();

    private long lastEndNanos;

    /**
     * @param entryOf a lane's place in this line
     * @param mayComeEarly whether a lane whose deadline moves back stays where it is, to be looked at too early once
     */
    DeadlineLine(Timers timers, Function<PartitionLane, Entry> entryOf, boolean mayComeEarly) {
        this.timers = timers;
        this.entryOf = entryOf;
        this.mayComeEarly = mayComeEarly;
    }

    /**
     * Has the lane updated then, and not at any other time it was to be before.
     *
     * @param endNanos {@link PartitionQueue#NEVER} for no more
     * @return false when others in line are due later, so that the lane has to see to it itself
     */
    boolean takes(PartitionLane lane, long endNanos) {
        Entry entry = entryOf.apply(lane);
        if (entry.isInList()) {
            boolean never = endNanos == PartitionQueue.NEVER;
            if (!never && (entry.endNanos == endNanos || mayComeEarly && entry.endNanos - endNanos < 0)) {
                return true;
            }
            remove(entry);
        }
        return endNanos == PartitionQueue.NEVER || add(entry, endNanos);
    }

    private boolean add(Entry entry, long endNanos) {
        if (!line.isEmpty() && endNanos - lastEndNanos < 0) {
            return false;
        }
        line.add(entry);
        entry.endNanos = endNanos;
        lastEndNanos = endNanos;
        if (!isScheduled()) {
            timers.schedule(this, endNanos);
        }
        return true;
    }

    private void remove(Entry entry) {
        line.remove(entry);
        if (line.isEmpty()) {
            timers.cancel(this);
        }
    }

    @Override
    protected void onTimer(long nowNanos) {
        int left = line.size();
        try {
            for (Entry due = first(); due != null && left > 0 && due.endNanos - nowNanos <= 0; due = first()) {
                left--;
                line.remove(due);
                due.lane().update(nowNanos);
            }
        } finally {
            Entry next = first();
            if (next != null) {
                timers.schedule(
                        this, next.endNanos); // whoever it was for may have left; then it comes too early, and looks on
            }
        }
    }

    private @Nullable Entry first() {
        PartitionLane lane = line.first();
        return lane == null ? null : entryOf.apply(lane);
    }

    /** A lane's place, and until when it stands there. */
    static final class Entry extends LaneList.Place {

        private long endNanos;

        Entry(PartitionLane lane) {
            super(lane);
        }
    }
}
