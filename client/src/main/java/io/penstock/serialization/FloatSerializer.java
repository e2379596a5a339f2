package io.penstock.serialization;

import io.penstock.producer.Headers;
import java.nio.ByteBuffer;

/** Four bytes, big-endian IEEE 754, the bits of a NaN as they are. */
public class FloatSerializer implements DirectSerializer<Float> {
    public FloatSerializer() {}

    @Override
    public int sizeOf(String topic, Headers headers, Float data) {
        return Float.BYTES;
    }

    @Override
    public void write(String topic, Headers headers, Float data, ByteBuffer target) {
        target.putInt(Float.floatToRawIntBits(data));
    }
}
