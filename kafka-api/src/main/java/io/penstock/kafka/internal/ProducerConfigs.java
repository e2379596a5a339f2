package io.penstock.kafka.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** The settings as Apache's constructors prepare them before they are checked. */
public final class ProducerConfigs {

    private ProducerConfigs() {}

    /** The properties as a map, their defaults included. */
    public static Map<String, Object> toMap(Properties properties) {
        Map<String, Object> map = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            map.put(name, properties.getProperty(name));
        }
        properties.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new ConfigException("One or more keys is not a string: " + key);
            }
            map.put(name, value);
        });
        return map;
    }

    /** With the classes of the serializers given, which the check demands. */
    public static Map<String, Object> withSerializers(
            Map<String, Object> configs, @Nullable Serializer<?> key, @Nullable Serializer<?> value) {
        Map<String, Object> all = new HashMap<>(configs);
        put(all, ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, key);
        put(all, ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, value);
        return all;
    }

    private static void put(Map<String, Object> all, String name, @Nullable Serializer<?> serializer) {
        if (serializer != null) {
            all.put(name, serializer.getClass());
        } else if (all.get(name) == null) {
            throw new ConfigException(name, null, "must be non-null.");
        }
    }
}
