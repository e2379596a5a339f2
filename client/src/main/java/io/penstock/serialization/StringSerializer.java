package io.penstock.serialization;

import io.penstock.producer.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Text in UTF-8, or in the encoding that {@code key.serializer.encoding}, {@code value.serializer.encoding} or, for both, {@code
 * serializer.encoding} names. What the encoding cannot express becomes its replacement, usually a question mark.
 */
public class StringSerializer implements DirectSerializer<String> {
    private Charset encoding = StandardCharsets.UTF_8;

    public StringSerializer() {}

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        encoding = Encoding.from(configs, isKey);
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable String data) {
        return data == null ? null : data.getBytes(encoding);
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, @Nullable String data) {
        return serialize(topic, data);
    }

    /** The encoding in use. */
    public Charset encoding() {
        return encoding;
    }

    @Override
    public int sizeOf(String topic, Headers headers, String data) {
        return encoding == StandardCharsets.UTF_8 ? utf8SizeOf(data) : data.getBytes(encoding).length;
    }

    @Override
    public void write(String topic, Headers headers, String data, ByteBuffer target) {
        target.put(data.getBytes(encoding));
    }

    /** Without an array; half a surrogate pair becomes one question mark. */
    private static int utf8SizeOf(String text) {
        int size = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x800 && !Character.isSurrogate(c)) {
                size += 2;
            } else if (c >= 0x80 && c < 0x800) {
                size++;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                size += 2; // two chars, four bytes
                i++;
            }
        }
        return size;
    }
}
