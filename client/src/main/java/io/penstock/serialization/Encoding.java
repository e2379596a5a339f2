package io.penstock.serialization;

import io.penstock.errors.SerializationException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;

/** Reads the character encoding from a serializer's settings: the one for keys or values before the one for both. */
final class Encoding {
    private Encoding() {}

    static Charset from(Map<String, ?> configs, boolean isKey) {
        Object encoding = configs.get(isKey ? "key.serializer.encoding" : "value.serializer.encoding");
        if (encoding == null) {
            encoding = configs.get("serializer.encoding");
        }
        if (!(encoding instanceof String name)) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new SerializationException("Unsupported encoding " + name + ": this JVM does not know it", e);
        }
    }
}
