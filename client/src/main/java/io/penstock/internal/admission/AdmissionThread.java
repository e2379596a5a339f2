package io.penstock.internal.admission;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon thread that exists only while asynchronous records wait, and a little longer. */
public final class AdmissionThread implements AdmissionExecutor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AdmissionThread.class);
    private static final long KEEP_ALIVE_SECONDS = 10;

    private final String name;
    private @Nullable ScheduledThreadPoolExecutor executor;
    private volatile @Nullable Thread thread;
    private boolean closed;

    public AdmissionThread(String name) {
        this.name = name;
    }

    @Override
    public void execute(Runnable task) {
        executeAfter(0, task);
    }

    @Override
    public synchronized void executeAfter(long delayNanos, Runnable task) {
        if (closed) {
            return; // the waiting line has failed everything that waited
        }
        ScheduledThreadPoolExecutor running = executor;
        if (running == null) {
            running = new ScheduledThreadPoolExecutor(1, work -> {
                Thread made = new Thread(work, name);
                made.setDaemon(true);
                thread = made;
                return made;
            });
            running.setKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
            running.allowCoreThreadTimeOut(true);
            running.setRemoveOnCancelPolicy(true);
            executor = running;
        }
        running.schedule(() -> run(task), delayNanos, TimeUnit.NANOSECONDS);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            LOG.error("A step of admission failed; the following ones go on", e);
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    /** Takes no more tasks and drops those that have not begun. */
    @Override
    public synchronized void close() {
        closed = true;
        if (executor != null) {
            executor.shutdownNow();
        }
    }

    /** After {@link #close()}: waits for the task under way; not on this thread. */
    public void awaitEnd(long timeoutNanos) throws InterruptedException {
        ScheduledThreadPoolExecutor running;
        synchronized (this) {
            running = executor;
        }
        if (running != null && Thread.currentThread() != thread) {
            running.awaitTermination(timeoutNanos, TimeUnit.NANOSECONDS);
        }
    }
}
