package io.penstock.benchmarks;

import org.jspecify.annotations.Nullable;

/** Counts what became of a side's records. Written by the one thread that calls the callbacks, read by any. */
final class Completions {

    private volatile long failed;

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void onCompletion(@Nullable Exception failure) {
        if (failure != null) {
            failed++;
        }
    }

    long failedCount() {
        return failed;
    }
}
