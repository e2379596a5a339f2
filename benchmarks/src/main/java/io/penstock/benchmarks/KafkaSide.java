package io.penstock.benchmarks;

import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A producer by Apache's API: Apache's own, or Penstock behind it. */
final class KafkaSide implements Side {

    private final Producer<byte[], Object> producer;
    private final String topic;
    private final Completions completions = new Completions();
    private final Callback count = (metadata, failure) -> completions.onCompletion(failure);

    KafkaSide(Producer<byte[], Object> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
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
        return producer.metrics().values().stream()
                .filter(each -> each.metricName().group().equals("producer-metrics")
                        && each.metricName().name().equals(metric))
                .mapToDouble(each -> ((Number) each.metricValue()).doubleValue())
                .sum();
    }

    @Override
    public void close() {
        producer.close();
    }
}
