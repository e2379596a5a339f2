package io.penstock.serialization;

import org.jspecify.annotations.Nullable;

/** One byte, 1 or 0. */
public class BooleanSerializer implements Serializer<Boolean> {
    public BooleanSerializer() {}

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Boolean data) {
        return data == null ? null : new byte[] {(byte) (data ? 1 : 0)};
    }
}
