package io.penstock.internal.loop;

/**
 * One moment at which something is due, reused by its owner for as long as the owner lives.
 *
 * <p>Loop only. It is in at most one {@link Timers} at a time and knows its place there, so moving and cancelling need
 * no search and no allocation.
 */
public abstract class Timer {

    static final int UNSCHEDULED = -1;

    int heapIndex = UNSCHEDULED;
    long deadlineNanos;

    /** The deadline is here; the timer is no longer scheduled and may be scheduled again. Must not block. */
    protected abstract void onTimer(long nowNanos);

    /** Whether a fraction of a millisecond matters, which costs the loop several short sleeps in place of a long one. */
    protected boolean isPrecise() {
        return false;
    }

    public final boolean isScheduled() {
        return heapIndex != UNSCHEDULED;
    }

    /** When it is due; meaningless while it is not scheduled. */
    public final long deadlineNanos() {
        return deadlineNanos;
    }
}
