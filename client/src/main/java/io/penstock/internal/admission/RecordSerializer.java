package io.penstock.internal.admission;

import io.penstock.errors.SerializationException;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.ListSerializer;
import io.penstock.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Key and value to bytes, on the calling thread; a value of another type than the serializer's is told by name. */
public final class RecordSerializer<K, V> {

    private final Serializer<K> keySerializer;
    private final Serializer<V> valueSerializer;
    private final boolean keyTakesNoHeaders;
    private final boolean valueTakesNoHeaders;

    public RecordSerializer(Serializer<K> keySerializer, Serializer<V> valueSerializer) {
        this.keySerializer = keySerializer;
        this.valueSerializer = valueSerializer;
        this.keyTakesNoHeaders = takesNoHeaders(keySerializer);
        this.valueTakesNoHeaders = takesNoHeaders(valueSerializer);
    }

    /** Our own serializers do not look at headers, but for the one that hands them on; and what nobody asks for need not be made. */
    private static boolean takesNoHeaders(Serializer<?> serializer) {
        Class<?> type = serializer.getClass();
        return type.getPackage() == Serializer.class.getPackage() && type != ListSerializer.class;
    }

    byte @Nullable [] key(ProducerRecord<K, V> record) {
        try {
            return keyTakesNoHeaders
                    ? keySerializer.serialize(record.topic(), record.key())
                    : keySerializer.serialize(record.topic(), record.headers(), record.key());
        } catch (ClassCastException e) {
            throw wrongType("key", record.key(), keySerializer, record.topic(), e);
        }
    }

    byte @Nullable [] value(ProducerRecord<K, V> record) {
        try {
            return valueTakesNoHeaders
                    ? valueSerializer.serialize(record.topic(), record.value())
                    : valueSerializer.serialize(record.topic(), record.headers(), record.value());
        } catch (ClassCastException e) {
            throw wrongType("value", record.value(), valueSerializer, record.topic(), e);
        }
    }

    private static SerializationException wrongType(
            String part, @Nullable Object given, Serializer<?> serializer, String topic, ClassCastException cause) {
        String type = given == null ? "null" : given.getClass().getName();
        return new SerializationException(
                "The " + part + " of a record for " + topic + " is a " + type + ", which " + part + ".serializer "
                        + serializer.getClass().getName()
                        + " cannot convert; send another type or set another serializer",
                cause);
    }
}
