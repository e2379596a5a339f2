/**
 * The producer, as its users see it. The shape is Kafka's own, so that a program moves over by changing its imports:
 *
 * <table>
 * <caption>Where Kafka keeps it, where it is here</caption>
 * <tr><th>Apache Kafka</th><th>Penstock</th></tr>
 * <tr><td>{@code org.apache.kafka.clients.producer.*}</td><td>{@code io.penstock.producer.*}</td></tr>
 * <tr><td>{@code org.apache.kafka.common.}{@code TopicPartition}, {@code PartitionInfo}, {@code Node}, {@code Cluster},
 * {@code ClusterResource}, {@code Metric}, {@code MetricName}, {@code Uuid}, {@code Configurable}</td>
 * <td>{@code io.penstock.producer.*}</td></tr>
 * <tr><td>{@code org.apache.kafka.common.header.*} and {@code header.internals.RecordHeader(s)}</td>
 * <td>{@code io.penstock.producer.*}</td></tr>
 * <tr><td>{@code org.apache.kafka.clients.consumer.}{@code OffsetAndMetadata}, {@code ConsumerGroupMetadata}</td>
 * <td>{@code io.penstock.producer.*}</td></tr>
 * <tr><td>{@code org.apache.kafka.common.serialization.*}</td><td>{@code io.penstock.serialization.*}</td></tr>
 * <tr><td>{@code org.apache.kafka.common.errors.*}, {@code common.KafkaException}, {@code common.InvalidRecordException},
 * {@code common.config.ConfigException}, {@code clients.producer.BufferExhaustedException}</td>
 * <td>{@code io.penstock.errors.*}</td></tr>
 * </table>
 */
@NullMarked
package io.penstock.producer;

import org.jspecify.annotations.NullMarked;
