package io.penstock.serialization;

import io.penstock.producer.Headers;
import java.nio.ByteBuffer;

/** Eight bytes, big-endian. */
public class LongSerializer implements DirectSerializer<Long> {
    public LongSerializer() {}

    @Override
    public int sizeOf(String topic, Headers headers, Long data) {
        return Long.BYTES;
    }

    @Override
    public void write(String topic, Headers headers, Long data, ByteBuffer target) {
        target.putLong(data);
    }
}
