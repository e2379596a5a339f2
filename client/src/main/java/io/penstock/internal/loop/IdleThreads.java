package io.penstock.internal.loop;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Makes daemon threads for work that must not be the loop's; they exist only while there is some. */
public final class IdleThreads {

    private static final long IDLE_SECONDS = 10;

    private IdleThreads() {}

    /**
     * @param threadCount at most
     * @param waitingCount tasks that may wait; more are rejected
     */
    public static ThreadPoolExecutor pool(int threadCount, int waitingCount, String threadName) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                threadCount,
                threadCount,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(waitingCount),
                task -> {
                    Thread thread = new Thread(task, threadName);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
