package io.penstock.serialization;

import org.jspecify.annotations.Nullable;

/** Bytes as they are, without a copy. */
public class ByteArraySerializer implements Serializer<byte[]> {
    public ByteArraySerializer() {}

    @Override
    public byte @Nullable [] serialize(String topic, byte @Nullable [] data) {
        return data;
    }
}
