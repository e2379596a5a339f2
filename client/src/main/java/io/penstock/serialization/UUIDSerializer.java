package io.penstock.serialization;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The 36 characters of a UUID as text; its encoding is set as for {@link StringSerializer}. */
public class UUIDSerializer implements Serializer<UUID> {
    private Charset encoding = StandardCharsets.UTF_8;

    public UUIDSerializer() {}

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        encoding = Encoding.from(configs, isKey);
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable UUID data) {
        return data == null ? null : data.toString().getBytes(encoding);
    }
}
