package io.penstock.serialization;

import io.penstock.producer.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Bytes as they are, without a copy. */
public class ByteArraySerializer implements DirectSerializer<byte[]> {
    public ByteArraySerializer() {}

    @Override
    public byte @Nullable [] serialize(String topic, byte @Nullable [] data) {
        return data;
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, byte @Nullable [] data) {
        return serialize(topic, data);
    }

    @Override
    public int sizeOf(String topic, Headers headers, byte[] data) {
        return data.length;
    }

    @Override
    public void write(String topic, Headers headers, byte[] data, ByteBuffer target) {
        target.put(data);
    }
}
