package io.penstock.internal.config;

import io.penstock.errors.ConfigException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Everything the engine is built from, read once and checked as a whole. Immutable, and without secrets in its text form.
 */
public record ProducerSettings(
        ClientSettings client,
        BatchSettings batch,
        DeliverySettings delivery,
        TransactionSettings transaction,
        ConnectionSettings connection,
        MetadataSettings metadata,
        PartitionSettings partition,
        MetricSettings metrics,
        SaslSettings sasl,
        TlsSettings tls,
        PluginSettings plugins) {

    /**
     * Reads and checks all settings.
     *
     * @param keySerializerGiven whether an instance makes {@code key.serializer} unnecessary; so it does when that is set as well
     * @param valueSerializerGiven the same for {@code value.serializer}
     * @throws ConfigException for the first setting that does not hold
     */
    public static ProducerSettings from(
            Map<String, ?> given, boolean keySerializerGiven, boolean valueSerializerGiven) {
        Map<String, ?> configs = ConfigReferences.resolve(given);
        ConfigValues values = ConfigValues.parse(configs);
        ClientSettings client = ClientSettings.from(values);
        DeliverySettings delivery = DeliverySettings.from(values);
        Originals originals = new Originals(configs, client.clientId());
        SecurityProviders.install(values, originals);
        return new ProducerSettings(
                client,
                BatchSettings.from(values),
                delivery,
                TransactionSettings.from(values, delivery),
                ConnectionSettings.from(values, client.clientId()),
                MetadataSettings.from(values, delivery),
                PartitionSettings.from(values),
                MetricSettings.from(values),
                SaslSettings.from(values, originals),
                TlsSettings.from(values, originals),
                PluginSettings.from(values, originals, keySerializerGiven, valueSerializerGiven));
    }

    /** The properties as a map, their defaults included. */
    public static Map<String, Object> toMap(Properties properties) {
        Map<String, Object> map = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            map.put(name, properties.getProperty(name));
        }
        properties.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new ConfigException(
                        "the properties have a key that is no text but " + key.getClass() + ": " + key);
            }
            map.put(name, value);
        });
        return map;
    }
}
