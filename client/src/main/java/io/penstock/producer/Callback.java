package io.penstock.producer;

import org.jspecify.annotations.Nullable;

/**
 * Hears how one record ended.
 *
 * <p>Called exactly once for each {@link Producer#send(ProducerRecord, Callback)}, and within one partition in the order of the
 * sends. It runs on the producer's callback thread, or on the caller's when the record fails before it is admitted, so it should be
 * quick; what it throws is logged and goes no further.
 *
 * <pre>{@code
 * producer.send(record, (metadata, exception) -> {
 *     if (exception != null) {
 *         log.warn("not delivered: {}", record, exception);
 *     }
 * });
 * }</pre>
 */
@FunctionalInterface
public interface Callback {
    /**
     * Exactly one of the two says success or failure.
     *
     * @param metadata where the record lies; after a failure the topic and partition as far as they were known, with -1 for all else
     * @param exception null on success, otherwise usually a {@link io.penstock.errors.KafkaException}
     */
    void onCompletion(RecordMetadata metadata, @Nullable Exception exception);
}
