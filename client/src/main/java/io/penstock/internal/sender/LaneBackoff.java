package io.penstock.internal.sender;

import io.penstock.internal.accumulator.PartitionQueue;

/** How long a lane leaves its leader in peace after failures. Loop only. */
final class LaneBackoff {

    private boolean on;
    private long endNanos;

    boolean isOn() {
        return on;
    }

    /** Several may fail together; the one that has failed most often says how long. */
    void begin(long untilNanos) {
        endNanos = on && endNanos - untilNanos > 0 ? endNanos : untilNanos;
        on = true;
    }

    void end() {
        on = false;
    }

    void endIfOver(long nowNanos) {
        if (on && endNanos - nowNanos <= 0) {
            on = false;
        }
    }

    /** When what is due then may go. */
    long after(long dueNanos) {
        return on && dueNanos != PartitionQueue.NEVER && dueNanos - endNanos < 0 ? endNanos : dueNanos;
    }
}
