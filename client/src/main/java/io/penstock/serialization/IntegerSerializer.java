package io.penstock.serialization;

import org.jspecify.annotations.Nullable;

/** Four bytes, big-endian. */
public class IntegerSerializer implements Serializer<Integer> {
    public IntegerSerializer() {}

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Integer data) {
        return data == null ? null : BigEndian.ofInt(data);
    }
}
