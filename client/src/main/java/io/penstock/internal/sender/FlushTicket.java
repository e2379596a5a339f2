package io.penstock.internal.sender;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One call of {@code flush()}: open until everything admitted before it is complete, callbacks included.
 *
 * <p>Each loop holds it once for itself and once for each of its lanes that has something; the callback thread releases.
 */
public final class FlushTicket implements Runnable {

    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final AtomicInteger holds;

    /** For one loop, or for what is handed to the callback thread once. */
    public FlushTicket() {
        this(1);
    }

    /** @param loopCount how many loops are going to be told of it */
    public FlushTicket(int loopCount) {
        holds = new AtomicInteger(loopCount);
    }

    public CompletableFuture<Void> done() {
        return done;
    }

    void hold() {
        holds.incrementAndGet();
    }

    /** Releases it once. */
    @Override
    public void run() {
        if (holds.decrementAndGet() == 0) {
            done.complete(null);
        }
    }
}
