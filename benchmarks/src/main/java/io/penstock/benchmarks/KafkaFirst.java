package io.penstock.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The first record of a process by kafka-clients; a class of its own, so that nothing of another producer is loaded with it. */
final class KafkaFirst {

    private KafkaFirst() {}

    /** Returns when it is acknowledged. */
    static AutoCloseable send(String bootstrap, String topic) throws Exception {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
        producer.send(new ProducerRecord<>(topic, "first".getBytes(StandardCharsets.UTF_8)))
                .get();
        return producer;
    }
}
