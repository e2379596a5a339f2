package io.penstock.internal.admission;

/**
 * Runs what a waiting record needs once it can go on, the user's partitioner among it: one task at a time, not on the loop.
 *
 * <p>{@link AdmissionThread} in production; the simulator runs it on virtual time.
 */
public interface AdmissionExecutor {

    /** Any thread; never blocks. */
    void execute(Runnable task);

    /** Any thread: runs the task after about so long. */
    void executeAfter(long delayNanos, Runnable task);

    /** The clock that delays are measured by. */
    long nanoTime();
}
