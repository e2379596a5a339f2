package io.penstock.internal.accumulator;

/**
 * Hears that a partition's queue has become worth a look.
 *
 * <p>Called by the appending thread under the queue's lock, so that whoever finds its record in the batch knows that the
 * signal for it has been given: a flush or a close that is asked for afterwards comes after it. Must neither block nor
 * take another lock.
 */
@FunctionalInterface
public interface ReadyListener {
    void onReady();
}
