package io.penstock.serialization;

import org.jspecify.annotations.Nullable;

/** Eight bytes, big-endian. */
public class LongSerializer implements Serializer<Long> {
    public LongSerializer() {}

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Long data) {
        return data == null ? null : BigEndian.ofLong(data);
    }
}
