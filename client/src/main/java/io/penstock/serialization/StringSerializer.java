package io.penstock.serialization;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Text in UTF-8, or in the encoding that {@code key.serializer.encoding}, {@code value.serializer.encoding} or, for both, {@code
 * serializer.encoding} names. What the encoding cannot express becomes its replacement, usually a question mark.
 */
public class StringSerializer implements Serializer<String> {
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
}
