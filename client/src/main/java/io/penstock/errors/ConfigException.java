package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** A setting is missing, unknown in its value, or does not fit the others. The message names the key; never a secret. */
public class ConfigException extends KafkaException {
    private static final long serialVersionUID = 1L;

    public ConfigException(@Nullable String message) {
        super(message);
    }

    public ConfigException(String name, @Nullable Object value) {
        this(name, value, null);
    }

    /** A value that its key does not take. Pass no secret as {@code value}: it becomes part of the message. */
    public ConfigException(String name, @Nullable Object value, @Nullable String message) {
        super("Invalid value " + value + " for configuration " + name + (message == null ? "" : ": " + message));
    }
}
