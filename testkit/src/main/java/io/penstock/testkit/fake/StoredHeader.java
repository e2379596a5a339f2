package io.penstock.testkit.fake;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A header as a partition holds it; the bytes are a copy. */
public record StoredHeader(String key, byte @Nullable [] value) {

    /** The value as UTF-8 text. */
    public @Nullable String valueText() {
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }
}
