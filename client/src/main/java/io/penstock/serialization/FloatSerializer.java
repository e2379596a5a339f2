package io.penstock.serialization;

import org.jspecify.annotations.Nullable;

/** Four bytes, big-endian IEEE 754, the bits of a NaN as they are. */
public class FloatSerializer implements Serializer<Float> {
    public FloatSerializer() {}

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Float data) {
        return data == null ? null : BigEndian.ofInt(Float.floatToRawIntBits(data));
    }
}
