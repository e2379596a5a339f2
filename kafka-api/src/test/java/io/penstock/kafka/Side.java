package io.penstock.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Whose producer: what is expected of one is expected of the other. */
enum Side {
    APACHE {
        @Override
        <K, V> Producer<K, V> create(Map<String, Object> configs, Serializer<K> key, Serializer<V> value) {
            return new KafkaProducer<>(configs, key, value);
        }
    },
    PENSTOCK {
        @Override
        <K, V> Producer<K, V> create(Map<String, Object> configs, Serializer<K> key, Serializer<V> value) {
            return new PenstockProducer<>(configs, key, value);
        }
    };

    abstract <K, V> Producer<K, V> create(Map<String, Object> configs, Serializer<K> key, Serializer<V> value);

    Producer<String, String> strings(String bootstrap, Object... keysAndValues) {
        return create(configs(bootstrap, keysAndValues), new StringSerializer(), new StringSerializer());
    }

    static Map<String, Object> configs(String bootstrap, Object... keysAndValues) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", bootstrap);
        configs.put("enable.metrics.push", false);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            configs.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return configs;
    }
}
