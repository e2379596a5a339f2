package io.penstock.benchmarks;

import io.penstock.producer.Callback;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.ByteArraySerializer;
import io.penstock.serialization.Serializer;
import io.penstock.serialization.StringSerializer;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Penstock by its own API. */
final class PenstockSide implements Side {

    private final KafkaProducer<byte[], Object> producer;
    private final String topic;
    private final Completions completions = new Completions();
    private final Callback count = (metadata, failure) -> completions.onCompletion(failure);

    PenstockSide(Map<String, Object> settings, Shape shape) {
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), serializer(shape));
        this.topic = shape.topic();
    }

    @SuppressWarnings("unchecked") // the shape's values are what the serializer takes
    private static Serializer<Object> serializer(Shape shape) {
        return (Serializer<Object>)
                (Serializer<?>) (shape.content() == Content.TEXT ? new StringSerializer() : new ByteArraySerializer());
    }

    @Override
    public void send(int partition, Object value) {
        producer.send(new ProducerRecord<>(topic, partition < 0 ? null : partition, null, value), count);
    }

    @Override
    public void sendTimed(Object value, long intendedNanos, Histogram latencies) {
        producer.send(new ProducerRecord<>(topic, null, null, value), (metadata, failure) -> {
            latencies.recordValue(Math.max(0, System.nanoTime() - intendedNanos));
            completions.onCompletion(failure);
        });
    }

    @Override
    public void flush() {
        producer.flush();
    }

    @Override
    public TransactionCalls transactions() {
        return new TransactionCalls(
                producer::initTransactions, producer::beginTransaction, producer::commitTransaction);
    }

    @Override
    public long failedCount() {
        return completions.failedCount();
    }

    @Override
    public double total(String metric) {
        return producer.metrics().entrySet().stream()
                .filter(each -> each.getKey().group().equals("producer-metrics")
                        && each.getKey().name().equals(metric))
                .mapToDouble(each -> ((Number) each.getValue().metricValue()).doubleValue())
                .sum();
    }

    @Override
    public void close() {
        producer.close();
    }
}
