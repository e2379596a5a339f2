package io.penstock.serialization;

import org.jspecify.annotations.Nullable;

/** For keys or values that are always null; anything else is an {@link IllegalArgumentException}. */
public class VoidSerializer implements Serializer<Void> {
    public VoidSerializer() {}

    @Override
    @SuppressWarnings("VoidUsed") // a raw use of this class can bring anything
    public byte @Nullable [] serialize(String topic, @Nullable Void data) {
        Object value = data;
        if (value != null) {
            throw new IllegalArgumentException("VoidSerializer takes nothing but null, not this: " + value);
        }
        return null;
    }
}
