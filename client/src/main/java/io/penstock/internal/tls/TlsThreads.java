package io.penstock.internal.tls;

import io.penstock.internal.loop.IdleThreads;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * The daemon threads that read key files and do the slow parts of handshakes; they exist only while there is something to do.
 *
 * <p>Any thread. A few, so that one handshake that waits (for a revocation list, say) does not hold up the others.
 */
public final class TlsThreads implements Executor, AutoCloseable {

    private static final int THREAD_COUNT = 4;

    /** Tasks that may wait; each connection under way has at most one. */
    private static final int WAITING_COUNT = 10_000;

    private final ThreadPoolExecutor threads;

    public TlsThreads(String threadName) {
        this.threads = IdleThreads.pool(THREAD_COUNT, WAITING_COUNT, threadName);
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
