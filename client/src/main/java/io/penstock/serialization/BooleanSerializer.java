package io.penstock.serialization;

import io.penstock.producer.Headers;
import java.nio.ByteBuffer;

/** One byte, 1 or 0. */
public class BooleanSerializer implements DirectSerializer<Boolean> {
    public BooleanSerializer() {}

    @Override
    public int sizeOf(String topic, Headers headers, Boolean data) {
        return 1;
    }

    @Override
    public void write(String topic, Headers headers, Boolean data, ByteBuffer target) {
        target.put((byte) (data ? 1 : 0));
    }
}
