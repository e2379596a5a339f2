package io.penstock.producer;

import org.jspecify.annotations.Nullable;

/**
 * Sees, and may change, every record on its way out, and hears how it ended ({@code interceptor.classes}, KIP-42).
 *
 * <p>Several form a chain in the order of the setting. What one throws is logged and the chain goes on as if it were not there.
 */
public interface ProducerInterceptor<K, V> extends Configurable, AutoCloseable {
    /**
     * Called in the sending thread, before the key and value are serialized and a partition is chosen.
     *
     * @return the record to send: the one given or another
     */
    ProducerRecord<K, V> onSend(ProducerRecord<K, V> record);

    /**
     * Called once for each record that passed {@link #onSend}, before its callback: on the producer's callback thread, or on the
     * sender's when the record failed before it was admitted. Keep it quick.
     *
     * @param metadata as in {@link Callback#onCompletion}
     * @param exception null on success
     */
    default void onAcknowledgement(RecordMetadata metadata, @Nullable Exception exception) {}

    /** The same with the record's headers, read-only by now (KIP-512). Calls the other one unless overridden. */
    default void onAcknowledgement(RecordMetadata metadata, @Nullable Exception exception, Headers headers) {
        onAcknowledgement(metadata, exception);
    }

    /** The producer is closing. Called once. */
    @Override
    void close();
}
