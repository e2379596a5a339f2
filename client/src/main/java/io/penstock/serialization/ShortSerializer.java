package io.penstock.serialization;

import io.penstock.producer.Headers;
import java.nio.ByteBuffer;

/** Two bytes, big-endian. */
public class ShortSerializer implements DirectSerializer<Short> {
    public ShortSerializer() {}

    @Override
    public int sizeOf(String topic, Headers headers, Short data) {
        return Short.BYTES;
    }

    @Override
    public void write(String topic, Headers headers, Short data, ByteBuffer target) {
        target.putShort(data);
    }
}
