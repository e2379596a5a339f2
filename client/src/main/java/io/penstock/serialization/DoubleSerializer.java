package io.penstock.serialization;

import org.jspecify.annotations.Nullable;

/** Eight bytes, big-endian IEEE 754; every NaN becomes the usual one. */
public class DoubleSerializer implements Serializer<Double> {
    public DoubleSerializer() {}

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Double data) {
        return data == null ? null : BigEndian.ofLong(Double.doubleToLongBits(data));
    }
}
