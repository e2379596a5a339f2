package io.penstock.internal.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The way from any thread into the loop: tasks in, run in the order of their posting (per poster).
 *
 * <p>Any thread posts; only the loop drains, sleeps and closes. The queue has no limit of its own because a post may
 * neither block nor fail: what bounds it is that each poster has a fixed number of tasks under way (one wake-up of the
 * sender, one answer for each host looked up, one command for each blocked caller).
 *
 * <p><b>No wake-up is lost</b>, and only a loop that sleeps is woken. Both sides write first and look second, with a
 * full fence between:
 *
 * <pre>
 *   poster: queue[i] = task;   fence;  read state  (ASLEEP? then wake)
 *   loop:   state = ASLEEP;    fence;  read queue  (a task? then do not sleep)
 * </pre>
 *
 * Whichever fence comes second in their total order sees the other's write, so at least one of the two notices: either
 * the poster sees ASLEEP and wakes the poller (whose wake-up sticks if the wait has not begun), or the loop sees the
 * task. Of several posters, the one that moves ASLEEP to AWAKE makes the system call; the others need not. The task's
 * own fields are published by the queue's release/acquire pair.
 */
public final class Mailbox {

    private static final int CHUNK = 512;

    private static final int AWAKE = 0;
    private static final int ASLEEP = 1;
    private static final int CLOSED = 2;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Mailbox.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The variant on field updaters: the one on Unsafe makes newer JDKs print a warning into the user's log. */
    private final MpscUnboundedAtomicArrayQueue<LoopTask> queue = new MpscUnboundedAtomicArrayQueue<>(CHUNK);

    private volatile Poller poller = NoPoller.INSTANCE;

    @SuppressWarnings("unused") // through STATE
    private volatile int state = AWAKE;

    /**
     * Has the task run on the loop, soon. Any thread, also the loop's own.
     *
     * @return false when the loop has ended or is ending, so that the task may never run
     */
    public boolean post(LoopTask task) {
        if (state == CLOSED) {
            return false;
        }
        queue.offer(task);
        VarHandle.fullFence();
        int seen = (int) STATE.getOpaque(this);
        if (seen == ASLEEP && STATE.compareAndSet(this, ASLEEP, AWAKE)) {
            poller.wakeup();
        }
        return seen != CLOSED;
    }

    /** As {@link #post}, but the loop may sleep on until it is called for something else: for what matters only then. */
    public boolean postQuietly(LoopTask task) {
        if (state == CLOSED) {
            return false;
        }
        queue.offer(task);
        VarHandle.fullFence();
        return state != CLOSED;
    }

    /** Whether no task that is posted from now on will run. Any thread. */
    public boolean isClosed() {
        return state == CLOSED;
    }

    /** Runs waiting tasks, at most so many, and says how many; a throwable out of one leaves the rest waiting. */
    public int drain(long nowNanos, int limit) {
        int count = 0;
        while (count < limit) {
            // Relaxed: a poster that was preempted between taking its place and filling it does not stop the loop;
            // it finds the loop asleep, if it is, when it goes on.
            LoopTask task = queue.relaxedPoll();
            if (task == null) {
                break;
            }
            count++;
            task.run(nowNanos);
        }
        return count;
    }

    /** Whether a task waits. Loop only. */
    public boolean hasMail() {
        return queue.relaxedPeek() != null;
    }

    /** How many tasks wait, about. Any thread. */
    public int size() {
        return queue.size();
    }

    void attach(Poller poller) {
        this.poller = poller;
    }

    /** Declares the loop asleep; false when there is mail after all and it must not sleep. */
    boolean fallAsleep() {
        STATE.setVolatile(this, ASLEEP);
        VarHandle.fullFence();
        if (hasMail()) {
            awake();
            return false;
        }
        return true;
    }

    void awake() {
        STATE.setVolatile(this, AWAKE);
    }

    /** No more tasks are promised to run; those that were are what {@link #takePromised()} still gives. */
    void close() {
        STATE.setVolatile(this, CLOSED);
        VarHandle.fullFence();
    }

    /** The next task, waiting for a poster that has taken its place in the queue and not yet filled it. */
    @Nullable
    LoopTask takePromised() {
        return queue.poll();
    }

    private enum NoPoller implements Poller {
        INSTANCE;

        @Override
        public void poll(long timeoutNanos) {}

        @Override
        public void wakeup() {}
    }
}
