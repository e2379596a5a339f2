package io.penstock.internal.config;

import io.penstock.errors.ConfigException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/**
 * What kind of value a key takes, and how it is read: as Kafka reads it, from the type itself or from text, which is trimmed. A
 * number is not taken for a narrower one, nor for text.
 */
enum ConfigType {
    BOOLEAN("true or false"),
    STRING("text"),
    INT("a whole number of 32 bits"),
    SHORT("a whole number of 16 bits"),
    LONG("a whole number of 64 bits"),
    DOUBLE("a number"),
    LIST("a list, or text with commas between its items"),
    CLASS("a class or the name of one"),
    /** Read into a {@link Secret}. */
    PASSWORD("text");

    private final String expectation;

    ConfigType(String expectation) {
        this.expectation = expectation;
    }

    /** Throws IllegalArgumentException or one of its kind when the value does not fit. */
    private Object read(Object value) {
        return switch (this) {
            case BOOLEAN -> value instanceof String text ? bool(text) : require(Boolean.class, value);
            case STRING -> require(String.class, value);
            case INT -> value instanceof String text ? Integer.valueOf(text) : require(Integer.class, value);
            case SHORT -> value instanceof String text ? Short.valueOf(text) : require(Short.class, value);
            case LONG -> value instanceof String text ? Long.valueOf(text) : whole(value);
            case DOUBLE ->
                value instanceof Number number ? number.doubleValue() : Double.valueOf(require(String.class, value));
            case LIST -> value instanceof String text ? items(text) : require(List.class, value);
            case CLASS -> value instanceof Class<?> ? value : require(String.class, value);
            case PASSWORD -> value instanceof Secret ? value : new Secret(require(String.class, value));
        };
    }

    private static Boolean bool(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.valueOf(text.toLowerCase(Locale.ROOT));
        }
        throw new IllegalArgumentException();
    }

    private static Long whole(Object value) {
        return value instanceof Integer number ? Long.valueOf(number) : require(Long.class, value);
    }

    private static List<String> items(String text) {
        if (text.indexOf(',') < 0) {
            return text.isEmpty() ? List.of() : List.of(text);
        }
        return List.of(text.split("\\s*,\\s*", -1));
    }

    /** The value in this type; the message of the exception never shows a secret. */
    final Object parse(String name, Object value) {
        try {
            Object read = read(value instanceof String text ? text.trim() : value);
            // a server or interceptor named twice is meant once (KIP-1161)
            return read instanceof List<?> list
                    ? Collections.unmodifiableList(new ArrayList<>(new LinkedHashSet<>(list)))
                    : read;
        } catch (IllegalArgumentException e) {
            String kind = value.getClass().getName();
            throw new ConfigException(name, show(value), "expected " + expectation + ", not this " + kind);
        }
    }

    /** The value as it may appear in a message. */
    final Object show(Object value) {
        return this == PASSWORD ? "[hidden]" : value;
    }

    private static <T> T require(Class<T> type, Object value) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException();
        }
        return type.cast(value);
    }

    /** For messages: the items between commas. */
    static String join(Object[] items) {
        StringBuilder joined = new StringBuilder();
        for (Object item : items) {
            joined.append(joined.isEmpty() ? "" : ", ").append(item);
        }
        return joined.toString();
    }
}
