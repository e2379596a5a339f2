package io.penstock.testkit.fire;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own, for comparison. What its failures mean for the record it does not say. */
final class ApacheSubject implements Subject {

    private final KafkaProducer<String, byte[]> producer;

    ApacheSubject(Map<String, Object> settings) {
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public void send(String topic, String key, byte[] value, Heard heard) {
        producer.send(new ProducerRecord<>(topic, key, value), (metadata, failure) -> {
            int partition = metadata == null ? -1 : metadata.partition();
            if (failure == null) {
                heard.acknowledged(partition, metadata.offset());
            } else {
                heard.failed(partition, false, failure);
            }
        });
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
