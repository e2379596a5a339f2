package io.penstock.internal.completion;

/**
 * Where the loop hands over finished work that runs user code.
 *
 * <p>Runs what it is given one at a time, in the order given, on a thread that is not the loop's. {@link CallbackThread} in
 * production; the simulator runs it on virtual time.
 */
public interface CompletionQueue {

    /** Loop: never blocks. */
    void submit(Runnable work);

    /** Whether the calling thread is the one that runs callbacks. */
    boolean isCallbackThread();
}
