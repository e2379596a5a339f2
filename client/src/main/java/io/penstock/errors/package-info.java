/**
 * What can go wrong, under Kafka's names.
 *
 * <p>Every exception is a {@link io.penstock.errors.KafkaException} and answers three questions by itself: is it worth trying
 * again, is the producer finished, and what became of the record. Those that a broker can answer extend {@link
 * io.penstock.errors.ApiException}. A program that used {@code org.apache.kafka.common.errors} changes its imports to this
 * package; {@code KafkaException}, {@code InvalidRecordException}, {@code ConfigException} and {@code BufferExhaustedException},
 * which Kafka keeps elsewhere, are here as well.
 */
@NullMarked
package io.penstock.errors;

import org.jspecify.annotations.NullMarked;
