package io.penstock.kafka.internal;

import io.penstock.producer.Headers;

/** The user's record as the engine takes it. Shares everything with it. */
public final class BridgedRecord<K, V> extends io.penstock.producer.ProducerRecord<K, V> {

    private final BridgedHeaders headers;

    public BridgedRecord(org.apache.kafka.clients.producer.ProducerRecord<K, V> record) {
        super(record.topic(), record.partition(), record.timestamp(), record.key(), record.value());
        this.headers = new BridgedHeaders(record.headers());
    }

    @Override
    public Headers headers() {
        return headers;
    }
}
