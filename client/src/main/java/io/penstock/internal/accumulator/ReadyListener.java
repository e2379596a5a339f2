package io.penstock.internal.accumulator;

/** Hears that a partition's queue has become worth a look. Called by the appending thread, after it has left the lock. */
@FunctionalInterface
public interface ReadyListener {
    void onReady();
}
