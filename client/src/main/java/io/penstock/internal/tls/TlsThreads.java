package io.penstock.internal.tls;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The daemon threads that read key files and do the slow parts of handshakes; they exist only while there is something to do.
 *
 * <p>Any thread. A few, so that one handshake that waits (for a revocation list, say) does not hold up the others. What waits is bounded
 * by the connections under way, each of which has at most one task.
 */
public final class TlsThreads implements Executor, AutoCloseable {

    private static final int THREAD_COUNT = 4;
    private static final long THREAD_IDLE_SECONDS = 5;

    private final ThreadPoolExecutor threads;

    public TlsThreads(String threadName) {
        this.threads = new ThreadPoolExecutor(
                THREAD_COUNT,
                THREAD_COUNT,
                THREAD_IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, threadName);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Ends its threads; what is under way may be lost. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
