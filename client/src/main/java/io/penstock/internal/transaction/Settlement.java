package io.penstock.internal.transaction;

import java.util.concurrent.CompletableFuture;

/** Whether every record of the transaction has its result, and then when their callbacks have run. Loop only. */
final class Settlement {

    private static final CompletableFuture<Void> CALLED = CompletableFuture.completedFuture(null);

    private boolean settled;
    private CompletableFuture<Void> callbacks = CALLED;

    void begin() {
        settled = false;
    }

    /** For a transaction that nobody can add to any more. */
    boolean isReached(TransactedRecords records) {
        if (!records.areSettled()) {
            return false;
        }
        if (!settled) {
            settled = true;
            callbacks = records.callbacks();
        }
        return true;
    }

    /** Tells a call that its end is there, after the callbacks of the records before it. */
    void thenComplete(CompletableFuture<Void> call) {
        callbacks.thenRun(() -> call.complete(null));
        callbacks = CALLED;
    }
}
