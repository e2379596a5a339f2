package io.penstock.internal.loop;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop: in every turn the I/O that is ready, then the mail, then the timers that are due, then the duties in their
 * order; then it sleeps in the poller until something is due or it is woken, or goes on looking ({@link IdleStrategy}).
 *
 * <p>Runs on a daemon thread of its own after {@link #start()}, or on the thread of whoever calls {@link #turn()}
 * (a simulator), never both. A throwable out of a task, a timer, a duty or the poller is logged and the loop lives on.
 * The cost of a turn follows what is ready; mail is drained in bounded portions so that a flood of it starves neither
 * timers nor I/O.
 */
public final class LoopAgent implements AutoCloseable {

    /** The most tasks run in one turn. */
    static final int MAIL_LIMIT = 1024;

    /** A duty or a poller that failed is tried again after this long, so that a lasting failure is no busy loop. */
    static final long FAILURE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private static final Logger LOG = LoggerFactory.getLogger(LoopAgent.class);
    private static final int LOGGED_FAILURES = 10;
    private static final long LOG_WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String name;
    private final Clock clock;
    private final Mailbox mailbox;
    private final Timers timers;
    private final Poller poller;
    private final LoopDuty[] duties;
    private final LogLimiter logLimiter = new LogLimiter(LOGGED_FAILURES, LOG_WINDOW_NANOS);
    private final CountDownLatch ended = new CountDownLatch(1);

    private volatile @Nullable Thread owner;
    private volatile boolean started;
    private volatile @Nullable LoopTask last;
    private long failureCount;

    /** The thread's, from its start. */
    private IdleStrategy idleStrategy = IdleStrategy.PARK;

    public LoopAgent(
            String name, Clock clock, Mailbox mailbox, Timers timers, Poller poller, List<? extends LoopDuty> duties) {
        this.name = name;
        this.clock = clock;
        this.mailbox = mailbox;
        this.timers = timers;
        this.poller = poller;
        this.duties = duties.toArray(new LoopDuty[0]);
        mailbox.attach(poller);
    }

    /** Starts the loop's thread, which sleeps when it has nothing to do; once. */
    public void start() {
        start(IdleStrategy.PARK);
    }

    /** Starts the loop's thread; once. */
    public synchronized void start(IdleStrategy idle) {
        if (owner != null) {
            throw new IllegalStateException("The loop " + name + " runs already.");
        }
        idleStrategy = idle;
        Thread thread = new Thread(this::runThread, name);
        thread.setDaemon(true);
        started = true;
        own(thread);
        thread.start();
    }

    /** Whether the caller is on the loop. */
    public boolean inLoop() {
        return Thread.currentThread() == owner;
    }

    /** In tests, fails when the loop runs and the caller is not on it. */
    public void assertInLoop() {
        assert owner == null || inLoop() : Thread.currentThread() + " is not the loop " + name;
    }

    /**
     * One turn, without waiting, on the calling thread, for a simulator in place of {@link #start()}.
     *
     * @return nanoseconds until the next turn is due: 0 at once, {@link Long#MAX_VALUE} only when there is I/O or mail
     */
    public long turn() {
        if (started) {
            throw new IllegalStateException("The loop " + name + " has a thread of its own.");
        }
        if (owner == null) {
            own(Thread.currentThread());
        }
        assertInLoop();
        if (hasEnded()) {
            return Long.MAX_VALUE;
        }
        mailbox.awake();
        poll(0);
        return work();
    }

    /**
     * What the loop's thread does before it sleeps, for a simulator between two calls of {@link #turn()}: from now on a post calls
     * the poller's {@code wakeup}.
     *
     * @return false when there is mail, so that another turn is due
     */
    public boolean rest() {
        return hasEnded() || mailbox.fallAsleep();
    }

    /**
     * Has the loop run this task as its last, after the mail that is there, and end. Any thread; the first call counts.
     * The task is where what only the loop may touch (connections, the transport) is closed.
     */
    public void stop(LoopTask lastTask) {
        synchronized (this) {
            if (last == null) {
                last = lastTask;
            }
        }
        mailbox.post(now -> {});
    }

    /** Waits for the end of the loop's thread; false when it goes on after this long. Not on the loop. */
    public boolean awaitEnd(long timeoutNanos) throws InterruptedException {
        return ended.await(timeoutNanos, TimeUnit.NANOSECONDS);
    }

    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** How many throwables the loop has survived. */
    public long failureCount() {
        return failureCount;
    }

    /** Stops the loop without a last task of its own; returns at once. */
    @Override
    public void close() {
        stop(now -> {});
    }

    /** Timers that are scheduled. Loop only. */
    public int timerCount() {
        return timers.count();
    }

    private void own(Thread thread) {
        owner = thread;
        timers.ownedBy(thread);
    }

    private void runThread() {
        IdleStrategy idle = idleStrategy;
        boolean parks = idle == IdleStrategy.PARK;
        for (long turns = 1; ; turns++) {
            long idleNanos = work();
            if (hasEnded()) {
                return;
            }
            if ((turns & (turns - 1)) == 0) {
                idleNanos = 0; // for the compiler's sake alone: docs/decisions/late-branches.md
            }
            if (parks && idleNanos > 0 && mailbox.fallAsleep()) {
                poll(sleepNanos(idleNanos));
                mailbox.awake();
            } else {
                poll(0);
                if (!parks && idleNanos > 0) {
                    idle.pause(); // never asleep for the mailbox, so that no caller pays for a wake-up
                }
            }
        }
    }

    /** In whole milliseconds, as pollers sleep, and late rather than early; but not up to a timer that is to be on time. */
    private long sleepNanos(long idleNanos) {
        if (!timers.isNextPrecise()) {
            return Math.max(idleNanos, NANOS_PER_MILLI);
        }
        return idleNanos < NANOS_PER_MILLI ? idleNanos : idleNanos / NANOS_PER_MILLI * NANOS_PER_MILLI;
    }

    private long work() {
        long now = clock.nanoTime();
        try {
            mailbox.drain(now, MAIL_LIMIT);
        } catch (Throwable t) {
            survive("A task of", t, now);
        }
        try {
            timers.fire(now);
        } catch (Throwable t) {
            survive("A timer of", t, now);
        }
        boolean again = false;
        boolean failed = false;
        for (LoopDuty duty : duties) {
            try {
                again |= duty.run(now);
            } catch (Throwable t) {
                failed = true;
                survive("A duty of", t, now);
            }
        }
        if (last != null) {
            end(now);
            return Long.MAX_VALUE;
        }
        if (again || mailbox.hasMail()) {
            return 0;
        }
        long idleNanos = timers.idleNanos(clock.nanoTime());
        return failed ? Math.min(idleNanos, FAILURE_PAUSE_NANOS) : idleNanos;
    }

    private void end(long now) {
        mailbox.close();
        for (LoopTask task = mailbox.takePromised(); task != null; task = mailbox.takePromised()) {
            runLast(task, now);
        }
        LoopTask task = last;
        if (task != null) {
            runLast(task, now);
        }
        ended.countDown();
    }

    private void runLast(LoopTask task, long now) {
        try {
            task.run(now);
        } catch (Throwable t) {
            survive("A last task of", t, now);
        }
    }

    private void poll(long timeoutNanos) {
        try {
            poller.poll(timeoutNanos);
        } catch (Throwable t) {
            survive("The poller of", t, clock.nanoTime());
            if (started) {
                LockSupport.parkNanos(FAILURE_PAUSE_NANOS);
            }
        }
        // An interrupt has no meaning here, but left standing it would make every later wait return at once.
        Thread.interrupted();
    }

    private void survive(String what, Throwable t, long now) {
        failureCount++;
        if (logLimiter.permits(now)) {
            LOG.error(
                    "{} the loop {} failed; the loop goes on. This is a bug: please report it with this stack trace."
                            + " ({} failures since the last such line were not logged.)",
                    what,
                    name,
                    logLimiter.takeSuppressedCount(),
                    t);
        }
    }
}
