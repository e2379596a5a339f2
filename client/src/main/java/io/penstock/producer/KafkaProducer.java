package io.penstock.producer;

import io.penstock.internal.config.ProducerSettings;
import io.penstock.serialization.Serializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The producer. */
public class KafkaProducer<K, V> implements Producer<K, V> {
    public KafkaProducer(Map<String, Object> configs) {
        throw new UnsupportedOperationException();
    }

    public KafkaProducer(Properties properties) {
        this(ProducerSettings.toMap(properties));
    }

    public KafkaProducer(
            Properties properties, @Nullable Serializer<K> keySerializer, @Nullable Serializer<V> valueSerializer) {
        this(ProducerSettings.toMap(properties), keySerializer, valueSerializer);
    }

    public KafkaProducer(
            Map<String, Object> configs,
            @Nullable Serializer<K> keySerializer,
            @Nullable Serializer<V> valueSerializer) {
        throw new UnsupportedOperationException();
    }

    /** Begins a builder. */
    public static <K, V> ProducerBuilder<K, V> builder(Serializer<K> keySerializer, Serializer<V> valueSerializer) {
        return new ProducerBuilder<>(keySerializer, valueSerializer);
    }

    @Override
    public void initTransactions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void beginTransaction() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void commitTransaction() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void abortTransaction() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void registerMetricForSubscription(Metric metric) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unregisterMetricFromSubscription(Metric metric) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<RecordMetadata> send(ProducerRecord<K, V> record) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<RecordMetadata> send(ProducerRecord<K, V> record, @Nullable Callback callback) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Delivery sendAsync(ProducerRecord<K, V> record) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void flush() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uuid clientInstanceId(Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close(Duration timeout) {
        throw new UnsupportedOperationException();
    }
}
