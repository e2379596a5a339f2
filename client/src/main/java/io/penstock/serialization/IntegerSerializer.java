package io.penstock.serialization;

import io.penstock.producer.Headers;
import java.nio.ByteBuffer;

/** Four bytes, big-endian. */
public class IntegerSerializer implements DirectSerializer<Integer> {
    public IntegerSerializer() {}

    @Override
    public int sizeOf(String topic, Headers headers, Integer data) {
        return Integer.BYTES;
    }

    @Override
    public void write(String topic, Headers headers, Integer data, ByteBuffer target) {
        target.putInt(data);
    }
}
