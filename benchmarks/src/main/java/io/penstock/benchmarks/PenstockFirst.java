package io.penstock.benchmarks;

import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.ByteArraySerializer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The first record of a process by Penstock; a class of its own, so that nothing of another producer is loaded with it. */
final class PenstockFirst {

    private PenstockFirst() {}

    /** Returns when it is acknowledged. */
    static AutoCloseable send(String bootstrap, String topic) throws Exception {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
        producer.send(new ProducerRecord<>(topic, "first".getBytes(StandardCharsets.UTF_8)))
                .get();
        return producer;
    }
}
