package io.penstock.internal.admission;

import io.penstock.producer.Delivery;
import io.penstock.producer.RecordMetadata;
import java.util.concurrent.CompletableFuture;

/** The two stages of one asynchronous send. */
public final class DeliveryPromise implements Delivery {

    private final CompletableFuture<Void> admitted;
    private final CompletableFuture<RecordMetadata> delivered;

    private DeliveryPromise(CompletableFuture<Void> admitted, CompletableFuture<RecordMetadata> delivered) {
        this.admitted = admitted;
        this.delivered = delivered;
    }

    static DeliveryPromise admitted(CompletableFuture<RecordMetadata> delivered) {
        return new DeliveryPromise(CompletableFuture.completedFuture(null), delivered);
    }

    static DeliveryPromise waiting(CompletableFuture<RecordMetadata> delivered) {
        return new DeliveryPromise(new CompletableFuture<>(), delivered);
    }

    static DeliveryPromise refused(CompletableFuture<RecordMetadata> delivered, Throwable cause) {
        return new DeliveryPromise(CompletableFuture.failedFuture(cause), delivered);
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
