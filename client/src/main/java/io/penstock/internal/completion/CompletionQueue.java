package io.penstock.internal.completion;

import java.util.concurrent.Executor;

/**
 * Where the loop hands over finished work that runs user code.
 *
 * <p>Runs what it is given one at a time, in the order given, on a thread that is not the loop's. {@link CallbackThread} in
 * production; the simulator runs it on virtual time.
 */
public interface CompletionQueue extends Executor {

    /** Any thread: never blocks. */
    void submit(Runnable work);

    /** As {@link #submit}. */
    @Override
    default void execute(Runnable work) {
        submit(work);
    }

    /** As {@link #submit}, but that thread may sleep on until {@link #wake}: a loop wakes it once a turn, and after its own work. */
    default void submitQuietly(Runnable work) {
        submit(work);
    }

    /** Sees to it that what was submitted quietly is run. Any thread. */
    default void wake() {}

    /** Whether the calling thread is the one that runs callbacks. */
    boolean isCallbackThread();
}
