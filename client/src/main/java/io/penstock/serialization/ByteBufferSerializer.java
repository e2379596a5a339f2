package io.penstock.serialization;

import io.penstock.producer.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A buffer's bytes from index 0 up to its limit, wherever its position is: as Kafka's, which rewinds first. Unlike there, the buffer
 * given does not change. Backed by an array of exactly that content, the array itself is taken.
 */
public class ByteBufferSerializer implements DirectSerializer<ByteBuffer> {
    public ByteBufferSerializer() {}

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable ByteBuffer data) {
        if (data == null) {
            return null;
        }
        if (data.hasArray() && data.arrayOffset() == 0 && data.array().length == data.limit()) {
            return data.array();
        }
        byte[] bytes = new byte[data.limit()];
        data.get(0, bytes);
        return bytes;
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        return serialize(topic, data);
    }

    @Override
    public int sizeOf(String topic, Headers headers, ByteBuffer data) {
        return data.limit();
    }

    @Override
    public void write(String topic, Headers headers, ByteBuffer data, ByteBuffer target) {
        int size = data.limit();
        target.put(target.position(), data, 0, size).position(target.position() + size);
    }
}
