package io.penstock.internal.sasl;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Daemon threads on which logins and SASL exchanges run, and the user's handlers with them; they exist only while there is something to do
 * or to wait for. A few, so that one handler that hangs does not hold up every connection.
 *
 * <p>Any thread.
 */
final class AuthenticationThreads implements AutoCloseable {

    private static final int THREAD_COUNT = 4;
    private static final long THREAD_IDLE_SECONDS = 10;

    /** Waiting tasks; a connection has one at a time, so there are more only when handlers hang. */
    private static final int WAITING_COUNT = 10_000;

    private final ScheduledThreadPoolExecutor threads;

    AuthenticationThreads(String name) {
        threads = new ScheduledThreadPoolExecutor(THREAD_COUNT, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        threads.setKeepAliveTime(THREAD_IDLE_SECONDS, TimeUnit.SECONDS);
        threads.allowCoreThreadTimeOut(true);
        threads.setRemoveOnCancelPolicy(true);
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** @throws RejectedExecutionException when too much waits or it is closed */
    void execute(Runnable task) {
        if (threads.getQueue().size() >= WAITING_COUNT) {
            throw new RejectedExecutionException(
                    WAITING_COUNT + " authentications wait already; does a callback handler hang?");
        }
        threads.execute(task);
    }

    /** Runs it later, unless it is cancelled or this is closed. */
    void schedule(Runnable task, long delayMillis) {
        threads.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
    }

    /** Ends them, interrupting what runs. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
