package io.penstock.cli;

import io.penstock.producer.Callback;
import io.penstock.producer.ConsumerGroupMetadata;
import io.penstock.producer.Delivery;
import io.penstock.producer.Metric;
import io.penstock.producer.MetricName;
import io.penstock.producer.OffsetAndMetadata;
import io.penstock.producer.PartitionInfo;
import io.penstock.producer.Producer;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import io.penstock.producer.TopicPartition;
import io.penstock.producer.Uuid;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Keeps records in memory and answers at flush or close; for the tests of the command. */
final class MemoryProducer implements Producer<byte[], byte[]> {
    final List<ProducerRecord<byte[], byte[]>> sent = new CopyOnWriteArrayList<>();
    final List<Callback> unanswered = new CopyOnWriteArrayList<>();
    /** What happens to a record; null: it is written. */
    Function<ProducerRecord<byte[], byte[]>, Exception> failure = record -> null;

    volatile boolean closed;
    Map<String, Object> settings = Map.of();
    private int answered;

    @Override
    public CompletableFuture<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        sent.add(record);
        unanswered.add(callback);
        if (failure.apply(record) != null) {
            flush();
        }
        return new CompletableFuture<>();
    }

    @Override
    public void flush() {
        for (Callback callback : unanswered) {
            ProducerRecord<byte[], byte[]> record = sent.get(answered++);
            int keySize = record.key() == null ? -1 : record.key().length;
            int valueSize = record.value() == null ? -1 : record.value().length;
            callback.onCompletion(
                    new RecordMetadata(new TopicPartition(record.topic(), 0), 0, answered, 0, keySize, valueSize),
                    failure.apply(record));
        }
        unanswered.clear();
    }

    @Override
    public void close() {
        flush();
        closed = true;
    }

    @Override
    public void close(Duration timeout) {
        close();
    }

    @Override
    public CompletableFuture<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Delivery sendAsync(ProducerRecord<byte[], byte[]> record) {
        throw new UnsupportedOperationException();
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
    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
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
    public List<PartitionInfo> partitionsFor(String topic) {
        return List.of();
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return Map.of();
    }

    @Override
    public Uuid clientInstanceId(Duration timeout) {
        throw new UnsupportedOperationException();
    }
}
