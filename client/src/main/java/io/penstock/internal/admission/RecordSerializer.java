package io.penstock.internal.admission;

import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.Serializer;
import io.penstock.wire.record.KeyValue;
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

    /** Both, the key first: in the scratch's own place for them, until it is filled again. */
    KeyValue fill(Scratch scratch, ProducerRecord<K, V> record) {
        KeyValue keyValue = scratch.keyValue();
        ScratchPiece piece = scratch.key();
        byte[] key = keys.bytes(piece, record, record.key());
        keyValue.key(key, 0, piece.sizeOf(key));
        piece = scratch.value();
        byte[] value = values.bytes(piece, record, record.value());
        keyValue.value(value, 0, piece.sizeOf(value));
        return keyValue;
    }
}
