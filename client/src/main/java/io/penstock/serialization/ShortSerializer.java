package io.penstock.serialization;

import org.jspecify.annotations.Nullable;

/** Two bytes, big-endian. */
public class ShortSerializer implements Serializer<Short> {
    public ShortSerializer() {}

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Short data) {
        return data == null ? null : new byte[] {(byte) (data >>> 8), data.byteValue()};
    }
}
