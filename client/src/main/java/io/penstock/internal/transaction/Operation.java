package io.penstock.internal.transaction;

import java.util.concurrent.CompletableFuture;

/**
 * One call that takes the coordinator some time; whoever makes the same call meanwhile waits for the same.
 *
 * @param done completed on the loop, and for the engine's eyes only
 */
public record Operation(TransactionEvent call, CompletableFuture<Void> done) {

    /** Nothing is under way. */
    static final Operation NONE = new Operation(TransactionEvent.ENDED, CompletableFuture.completedFuture(null));

    static Operation of(TransactionEvent call) {
        return new Operation(call, new CompletableFuture<>());
    }

    boolean isUnderWay() {
        return !done.isDone();
    }
}
