package io.penstock.internal.admission;

import io.penstock.producer.Delivery;
import io.penstock.producer.RecordMetadata;
import java.util.concurrent.CompletableFuture;

/** The two stages of one asynchronous send; and {@link #settled}, which its holder cannot complete. */
public final class DeliveryPromise implements Delivery {

    private static final CompletableFuture<Void> SETTLED = CompletableFuture.completedFuture(null);

    private final CompletableFuture<Void> settled;
    private final CompletableFuture<Void> admitted;
    private final CompletableFuture<RecordMetadata> delivered;

    private DeliveryPromise(
            CompletableFuture<Void> settled,
            CompletableFuture<Void> admitted,
            CompletableFuture<RecordMetadata> delivered) {
        this.settled = settled;
        this.admitted = admitted;
        this.delivered = delivered;
    }

    static DeliveryPromise admitted(CompletableFuture<RecordMetadata> delivered) {
        return new DeliveryPromise(SETTLED, CompletableFuture.completedFuture(null), delivered);
    }

    static DeliveryPromise waiting(CompletableFuture<RecordMetadata> delivered) {
        return new DeliveryPromise(new CompletableFuture<>(), new CompletableFuture<>(), delivered);
    }

    static DeliveryPromise refused(CompletableFuture<RecordMetadata> delivered, Throwable cause) {
        return new DeliveryPromise(SETTLED, CompletableFuture.failedFuture(cause), delivered);
    }

    /** The record is in its batch. */
    void admit() {
        settled.complete(null); // first, as what the holder does next may be to end the transaction
        admitted.complete(null);
    }

    /** It never will be. */
    void refuse(Throwable cause) {
        settled.complete(null);
        admitted.completeExceptionally(cause);
    }

    /** Done when the record is in its batch or never will be, whatever its holder did to the other futures. */
    CompletableFuture<Void> settled() {
        return settled;
    }

    @Override
    public CompletableFuture<Void> admitted() {
        return admitted;
    }

    @Override
    public CompletableFuture<RecordMetadata> delivered() {
        return delivered;
    }
}
