package io.penstock.serialization;

import io.penstock.producer.Headers;
import java.nio.ByteBuffer;

/** Eight bytes, big-endian IEEE 754; every NaN becomes the usual one. */
public class DoubleSerializer implements DirectSerializer<Double> {
    public DoubleSerializer() {}

    @Override
    public int sizeOf(String topic, Headers headers, Double data) {
        return Double.BYTES;
    }

    @Override
    public void write(String topic, Headers headers, Double data, ByteBuffer target) {
        target.putLong(Double.doubleToLongBits(data));
    }
}
