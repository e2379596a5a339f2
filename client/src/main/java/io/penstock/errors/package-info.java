/**
 * What can go wrong, under Kafka's names.
 *
 * <p>Every exception is a {@link io.penstock.errors.KafkaException} and answers three questions by itself: is it worth trying
 * again, is the producer finished, and what became of the record. Those that a broker can answer extend {@link
 * io.penstock.errors.ApiException}. A program that used {@code org.apache.kafka.common.errors} changes its imports to this
 * package. The errors of consumers and administrators, which no producer is told, have no classes here: should a broker answer one
 * all the same, it is an {@link io.penstock.errors.UnknownServerException} or, if it may pass, an {@link
 * io.penstock.errors.UnexpectedRetriableException}, with the error's name and number. {@code KafkaException}, {@code InvalidRecordException}, {@code ConfigException} and {@code BufferExhaustedException},
 * which Kafka keeps elsewhere, are here as well.
 */
@NullMarked
package io.penstock.errors;

import org.jspecify.annotations.NullMarked;
