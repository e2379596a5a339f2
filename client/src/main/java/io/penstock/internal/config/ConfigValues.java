package io.penstock.internal.config;

import io.penstock.errors.ConfigException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The known settings a user gave, parsed and checked one by one; what the user did not give answers with its default. Immutable.
 */
final class ConfigValues {
    /** Some 73 years: long enough for "never", short enough that two deadlines compare by difference. */
    static final long LONGEST_NANOS = 1L << 61;

    private final Map<String, Object> given;

    private ConfigValues(Map<String, Object> given) {
        this.given = given;
    }

    static ConfigValues parse(Map<String, ?> configs) {
        Map<String, Object> given = new HashMap<>();
        for (Map.Entry<String, ?> entry : configs.entrySet()) {
            ConfigKey key = ConfigKeys.find(entry.getKey());
            Object value = key == null ? null : key.parse(entry.getValue());
            if (value != null) {
                given.put(entry.getKey(), value);
            }
        }
        return new ConfigValues(given);
    }

    /** Whether the user said something about it. */
    boolean isSet(String name) {
        return given.containsKey(name);
    }

    @Nullable
    Object find(String name) {
        Object value = given.get(name);
        if (value != null) {
            return value;
        }
        ConfigKey key = ConfigKeys.find(name);
        if (key == null) {
            throw new IllegalArgumentException("no such key: " + name);
        }
        if (key.isRequired()) {
            throw new ConfigException("configuration " + name + " is required and has no default");
        }
        return key.defaultValue();
    }

    private Object get(String name) {
        Object value = find(name);
        if (value == null) {
            throw new IllegalArgumentException("no default for " + name);
        }
        return value;
    }

    boolean flag(String name) {
        return (Boolean) get(name);
    }

    int number(String name) {
        return (Integer) get(name);
    }

    long longNumber(String name) {
        return (Long) get(name);
    }

    short shortNumber(String name) {
        return (Short) get(name);
    }

    double decimal(String name) {
        return (Double) get(name);
    }

    String text(String name) {
        return (String) get(name);
    }

    List<?> list(String name) {
        return (List<?>) get(name);
    }

    /** A time in milliseconds, in nanoseconds; at most {@link #LONGEST_NANOS}. */
    long nanos(String name) {
        return Math.min(TimeUnit.MILLISECONDS.toNanos(((Number) get(name)).longValue()), LONGEST_NANOS);
    }

    /** The same for a key that Kafka lets be negative although nothing sensible follows from it. */
    long nanosNotNegative(String name) {
        long nanos = nanos(name);
        if (nanos < 0) {
            throw new ConfigException(name, get(name), "must be at least 0");
        }
        return nanos;
    }
}
