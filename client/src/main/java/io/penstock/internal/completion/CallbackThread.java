package io.penstock.internal.completion;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that completes futures and calls callbacks, so that user code can never hold up the loop.
 *
 * <p>Its queue has no limit of its own: each entry is a batch that still holds its pages, so {@code buffer.memory} bounds it.
 * Parks when idle, unless it was told otherwise; it is woken only then. What is submitted after the end is run by the
 * submitter: a close() that ran out of time must not leave a future that is never completed.
 */
public final class CallbackThread implements CompletionQueue {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackThread.class);
    private static final int CHUNK = 256;

    /** So many batches' promises are walked through at the same time, see {@link PromiseList#turnTogether}. */
    private static final int TOGETHER = 8;

    /** How often a thread whose producer was closed by a callback looks whether the loops have ended, which another close() waits for. */
    private static final long MAX_PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final BooleanSupplier NEVER = new BooleanSupplier() {
        @Override
        public boolean getAsBoolean() {
            return false;
        }
    };

    private final MpscUnboundedAtomicArrayQueue<Runnable> queue = new MpscUnboundedAtomicArrayQueue<>(CHUNK);
    private final Thread thread;
    private final Object endLock = new Object();

    /** The worker's: what it has taken and not yet run, and the promises of those that are batches. */
    private final @Nullable Runnable[] some = new Runnable[TOGETHER];

    private final @Nullable PromiseList[] lists = new PromiseList[TOGETHER];
    private volatile boolean parked;
    private volatile boolean ended;
    private volatile BooleanSupplier stopping = NEVER;
    private final Runnable whenIdle;

    public CallbackThread(String name) {
        whenIdle = this::park;
        thread = new Thread(this::work, name);
        thread.setDaemon(true);
    }

    /** @param pause what the thread does between two looks for work, in place of parking */
    public CallbackThread(String name, Runnable pause) {
        whenIdle = pause;
        thread = new Thread(this::work, name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void submit(Runnable work) {
        submitQuietly(work);
        unpark();
    }

    @Override
    public void submitQuietly(Runnable work) {
        queue.offer(work);
        if (ended) {
            runTheRest();
        }
    }

    @Override
    public void wake() {
        if (!queue.isEmpty()) {
            unpark();
        }
    }

    /** The worker sets parked and then looks at the queue once more; we add and then look at parked. One of us sees the other. */
    private void unpark() {
        if (parked) {
            parked = false; // one system call wakes it, however many batches follow before it runs
            LockSupport.unpark(thread);
        }
    }

    @Override
    public boolean isCallbackThread() {
        return Thread.currentThread() == thread;
    }

    /** Runs what is queued, then ends; returns false when that took longer than {@code timeoutNanos}. */
    public boolean stop(long timeoutNanos) throws InterruptedException {
        stopping = () -> true;
        LockSupport.unpark(thread);
        return awaitEnd(timeoutNanos);
    }

    /** Waits so long for the end of the thread, which somebody else has asked for; false when it did not come. */
    public boolean awaitEnd(long timeoutNanos) throws InterruptedException {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNanos)));
        return !thread.isAlive();
    }

    /** Waits for the end of the thread, which somebody else has asked for. */
    public void awaitEnd() throws InterruptedException {
        thread.join();
    }

    /** For a callback that closes the producer: the thread ends when it is idle and nothing more can come. */
    public void stopWhenIdle(BooleanSupplier nothingMoreComes) {
        stopping = nothingMoreComes;
    }

    private void work() {
        while (true) {
            int count = pollSome();
            if (count > 0) {
                runSome(count);
            } else if (stopping.getAsBoolean()) {
                ended = true;
                runTheRest(); // of those who have not seen it
                return;
            } else {
                whenIdle.run();
            }
        }
    }

    /** Takes as many as there are, up to {@value #TOGETHER}, in their order. */
    private int pollSome() {
        int count = 0;
        while (count < TOGETHER) {
            Runnable next = queue.poll();
            if (next == null) {
                break;
            }
            some[count] = next;
            lists[count] = next instanceof BatchCompletion batch ? batch.promises() : null;
            count++;
        }
        return count;
    }

    private void runSome(int count) {
        if (count > 1) {
            PromiseList.turnTogether(lists, count);
        }
        for (int i = 0; i < count; i++) {
            Runnable next = Objects.requireNonNull(some[i]);
            some[i] = null;
            lists[i] = null;
            run(next);
        }
    }

    private void park() {
        parked = true;
        BooleanSupplier stop = stopping;
        if (queue.isEmpty() && !stop.getAsBoolean()) {
            if (stop == NEVER) {
                LockSupport.park(this); // without a timer for the system to start and cancel
            } else {
                LockSupport.parkNanos(this, MAX_PARK_NANOS);
            }
        }
        parked = false;
    }

    private void runTheRest() {
        synchronized (endLock) {
            for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
                run(next);
            }
        }
    }

    private static void run(Runnable work) {
        try {
            work.run();
        } catch (Throwable e) {
            LOG.error("A completion failed; the following ones go on", e);
        }
        // An interrupt that user code left standing would make every park return at once, and this thread spin.
        Thread.interrupted();
    }
}
