package io.penstock.producer;

import java.util.concurrent.CompletableFuture;

/**
 * The two stages of a record sent with {@link Producer#sendAsync}.
 *
 * <pre>{@code
 * Delivery delivery = producer.sendAsync(record);
 * delivery.admitted().thenRun(source::requestNext);              // there is room for the next one
 * delivery.delivered().thenAccept(m -> source.commit(m.offset())); // this one is safe
 * }</pre>
 *
 * <p>Dependent stages run on the producer's callback thread unless an {@code Async} variant is used; they should be quick.
 * Completing or cancelling one of these futures changes only what its holder sees, not what becomes of the record.
 */
public interface Delivery {
    /**
     * Completes when the producer has taken the record in: its partition is chosen and its bytes are in the buffer. That is the
     * moment to offer the next record. Fails with the same exception as {@link #delivered()} when the record is never taken in, at
     * the latest after {@code max.block.ms}.
     */
    CompletableFuture<Void> admitted();

    /**
     * Completes when the record is acknowledged as {@code acks} demands, or with what went wrong, at the latest {@code
     * max.block.ms} plus {@code delivery.timeout.ms} after the send.
     */
    CompletableFuture<RecordMetadata> delivered();
}
