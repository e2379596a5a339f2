package io.penstock.internal.transaction;

import io.penstock.internal.identity.ProducerIdentity;
import java.util.concurrent.CompletableFuture;

/** What transactions ask of the sender. Loop only. */
public interface TransactedRecords {

    /** From now on sequences are taken under this identity. */
    void onIdentity(ProducerIdentity identity, long nowNanos);

    /** Whether every record that was admitted has its result. */
    boolean areSettled();

    /** Passages may have changed, or nothing is to linger any more. */
    void lookAgain(long nowNanos);

    /** Done when the callbacks of every record that has its result by now have run. */
    CompletableFuture<Void> callbacks();

    /** Before the engine is put together. */
    TransactedRecords NOT_CONNECTED = new TransactedRecords() {
        @Override
        public void onIdentity(ProducerIdentity identity, long nowNanos) {
            throw notYet();
        }

        @Override
        public boolean areSettled() {
            throw notYet();
        }

        @Override
        public void lookAgain(long nowNanos) {
            throw notYet();
        }

        @Override
        public CompletableFuture<Void> callbacks() {
            throw notYet();
        }

        private IllegalStateException notYet() {
            return new IllegalStateException("The engine is not put together yet");
        }
    };
}
