package io.penstock.benchmarks;

import io.penstock.producer.Callback;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.ByteArraySerializer;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Penstock by its own API. */
final class PenstockSide implements Side {

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final Completions completions = new Completions();
    private final Callback count = (metadata, failure) -> completions.onCompletion(failure);

    PenstockSide(Map<String, Object> settings, String topic) {
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = topic;
    }

    @Override
    public void send(int partition, byte[] value) {
        producer.send(new ProducerRecord<>(topic, partition < 0 ? null : partition, null, value), count);
    }

    @Override
    public void sendTimed(byte[] value, long intendedNanos, Histogram latencies) {
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
    public long failedCount() {
        return completions.failedCount();
    }

    @Override
    public double requestCount() {
        return producer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().group().equals("producer-metrics")
                        && metric.getKey().name().equals("request-total"))
                .mapToDouble(metric -> ((Number) metric.getValue().metricValue()).doubleValue())
                .sum();
    }

    @Override
    public void close() {
        producer.close();
    }
}
