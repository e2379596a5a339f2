package io.penstock.examples.spring;

import io.penstock.kafka.PenstockProducer;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/** Spring's own factory, with another producer: caching, transactions and everything else stay as they are. */
public class PenstockProducerFactory<K, V> extends DefaultKafkaProducerFactory<K, V> {

    public PenstockProducerFactory(Map<String, Object> configs) {
        super(configs);
    }

    @Override
    protected Producer<K, V> createRawProducer(Map<String, Object> rawConfigs) {
        var key = getKeySerializerSupplier();
        var value = getValueSerializerSupplier();
        return new PenstockProducer<>(rawConfigs, key == null ? null : key.get(), value == null ? null : value.get());
    }
}
