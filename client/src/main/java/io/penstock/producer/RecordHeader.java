package io.penstock.producer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The usual {@link Header}. Immutable, except that nobody stops a caller from writing into the array it gave. */
public class RecordHeader implements Header {
    private final String key;
    private final byte @Nullable [] value;

    public RecordHeader(String key, byte @Nullable [] value) {
        this.key = Objects.requireNonNull(key, "a header's key must not be null");
        this.value = value;
    }

    /** From raw bytes, both copied at once; the buffers' positions do not move. */
    public RecordHeader(ByteBuffer keyBuffer, @Nullable ByteBuffer valueBuffer) {
        this(new String(bytes(keyBuffer), StandardCharsets.UTF_8), valueBuffer == null ? null : bytes(valueBuffer));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public byte @Nullable [] value() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof RecordHeader that && key.equals(that.key) && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "RecordHeader(key = " + key + ", value = " + Arrays.toString(value) + ")";
    }
}
