package io.penstock.internal.loop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The loop's timers: a binary heap, earliest deadline first.
 *
 * <p>Loop only. Scheduling, moving and cancelling cost O(log n) and allocate nothing but the heap's own growth. Its size
 * is bounded by its users: each owner has a fixed number of timers. Deadlines compare by difference, so that the clock
 * may overflow; two deadlines must lie less than 292 years apart.
 */
public final class Timers {

    private static final int INITIAL_CAPACITY = 64;

    private Timer[] heap = new Timer[INITIAL_CAPACITY];
    private int size;
    private @Nullable Thread owner;

    /** How often it was asked whether something is due. */
    private long asked;

    /** Makes the timer due at this time, whether it was scheduled before or not. */
    public void schedule(Timer timer, long deadlineNanos) {
        assert isOwner() : "timers belong to the loop " + owner;
        int index = timer.heapIndex;
        timer.deadlineNanos = deadlineNanos;
        if (index == Timer.UNSCHEDULED) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            index = size++;
            place(timer, index);
        }
        assert heap[index] == timer : "a timer belongs to one set of timers";
        settle(index);
    }

    /** Makes the timer not due at all; nothing happens when it is not scheduled. */
    public void cancel(Timer timer) {
        assert isOwner() : "timers belong to the loop " + owner;
        if (timer.isScheduled()) {
            removeAt(timer.heapIndex);
        }
    }

    /**
     * Runs every timer that is due, and says how many.
     *
     * <p>At most as many as were scheduled at the start, so that a timer that is due again at once waits for the next
     * turn. A throwable out of a timer leaves the other ones scheduled.
     */
    public int fire(long nowNanos) {
        return isWorthALook(nowNanos) ? fireDue(nowNanos) : 0;
    }

    /**
     * Whether something is due; also whenever it is asked for a power-of-twoth time, for the compiler's sake alone:
     * docs/decisions/late-branches.md. One branch for both, as each would be judged by itself.
     */
    private boolean isWorthALook(long nowNanos) {
        asked++;
        long leftNanos = idleNanos(nowNanos) - 1;
        long notPowerOfTwo = (asked & (asked - 1)) - 1;
        return (leftNanos | notPowerOfTwo) < 0;
    }

    private int fireDue(long nowNanos) {
        int limit = size;
        int fired = 0;
        while (fired < limit && size > 0 && heap[0].deadlineNanos - nowNanos <= 0) {
            Timer due = heap[0];
            removeAt(0);
            fired++;
            due.onTimer(nowNanos);
        }
        return fired;
    }

    /** The earliest deadline, or {@link Long#MAX_VALUE} when nothing is scheduled. */
    public long nextDeadlineNanos() {
        return size == 0 ? Long.MAX_VALUE : heap[0].deadlineNanos;
    }

    /** How long until the earliest deadline: 0 when it has passed, {@link Long#MAX_VALUE} when nothing is scheduled. */
    public long idleNanos(long nowNanos) {
        return size == 0 ? Long.MAX_VALUE : Math.max(0, heap[0].deadlineNanos - nowNanos);
    }

    /** Whether the earliest timer is one for which fractions of a millisecond matter. */
    boolean isNextPrecise() {
        return size > 0 && heap[0].isPrecise();
    }

    public int count() {
        return size;
    }

    void ownedBy(Thread thread) {
        owner = thread;
    }

    private boolean isOwner() {
        return owner == null || owner == Thread.currentThread();
    }

    private void removeAt(int index) {
        Timer removed = heap[index];
        Timer last = heap[--size];
        heap[size] = null;
        removed.heapIndex = Timer.UNSCHEDULED;
        if (last != removed) {
            place(last, index);
            settle(index);
        }
    }

    private void settle(int index) {
        Timer timer = heap[index];
        int settled = siftUp(timer, index);
        if (settled == index) {
            siftDown(timer, index);
        }
    }

    private int siftUp(Timer timer, int from) {
        int index = from;
        while (index > 0) {
            int parent = (index - 1) >>> 1;
            if (heap[parent].deadlineNanos - timer.deadlineNanos <= 0) {
                break;
            }
            place(heap[parent], index);
            index = parent;
        }
        place(timer, index);
        return index;
    }

    private void siftDown(Timer timer, int from) {
        int index = from;
        int half = size >>> 1;
        while (index < half) {
            int child = 2 * index + 1;
            if (child + 1 < size && heap[child + 1].deadlineNanos - heap[child].deadlineNanos < 0) {
                child++;
            }
            if (timer.deadlineNanos - heap[child].deadlineNanos <= 0) {
                break;
            }
            place(heap[child], index);
            index = child;
        }
        place(timer, index);
    }

    private void place(Timer timer, int index) {
        heap[index] = timer;
        timer.heapIndex = index;
    }
}
