package io.penstock.internal.admission;

import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Key and value to bytes, on the calling thread; a value of another type than the serializer's is told by name. */
public final class RecordSerializer<K, V> {

    private final PartSerializer<K> keys;
    private final PartSerializer<V> values;

    public RecordSerializer(Serializer<K> keySerializer, Serializer<V> valueSerializer) {
        this.keys = new PartSerializer<>("key", keySerializer);
        this.values = new PartSerializer<>("value", valueSerializer);
    }

    byte @Nullable [] key(ProducerRecord<K, V> record) {
        return keys.array(record, record.key());
    }

    byte @Nullable [] value(ProducerRecord<K, V> record) {
        return values.array(record, record.value());
    }

    /** Both, the key first. */
    void fill(Scratch scratch, ProducerRecord<K, V> record) {
        keys.fill(scratch.key(), record, record.key());
        values.fill(scratch.value(), record, record.value());
    }
}
