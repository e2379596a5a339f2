package io.penstock.testkit.fire;

import io.penstock.errors.KafkaException;
import io.penstock.errors.RecordOutcome;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.ByteArraySerializer;
import io.penstock.serialization.StringSerializer;
import java.time.Duration;
import java.util.Map;

/** Ours. */
final class PenstockSubject implements Subject {

    private final KafkaProducer<String, byte[]> producer;

    PenstockSubject(Map<String, Object> settings) {
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public void send(String topic, String key, byte[] value, Heard heard) {
        producer.send(new ProducerRecord<>(topic, key, value), (metadata, failure) -> {
            if (failure == null) {
                heard.acknowledged(metadata.partition(), metadata.offset());
            } else {
                heard.failed(metadata.partition(), saysNotWritten(failure), failure);
            }
        });
    }

    private static boolean saysNotWritten(Exception failure) {
        return failure instanceof KafkaException told && told.outcome() == RecordOutcome.NOT_WRITTEN;
    }

    @Override
    public void flush() {
        producer.flush();
    }

    @Override
    public long metric(String name) {
        return producer.metrics().entrySet().stream()
                .filter(each -> each.getKey().name().equals(name)
                        && each.getKey().group().equals("producer-metrics"))
                .mapToLong(each -> ((Number) each.getValue().metricValue()).longValue())
                .sum();
    }

    @Override
    public void close(Duration limit) {
        producer.close(limit);
    }
}
