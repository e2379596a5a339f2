package io.penstock.serialization;

import io.penstock.producer.Headers;
import java.io.Closeable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns keys or values of one type into bytes.
 *
 * <p>One instance serves a producer's keys or its values, and is called by every thread that sends, at the same time: it must be
 * thread-safe. A class named in the settings needs a public constructor without parameters. What it throws fails that one record.
 *
 * <pre>{@code
 * Serializer<Instant> instants = (topic, instant) -> instant == null ? null : instant.toString().getBytes(UTF_8);
 * }</pre>
 */
@FunctionalInterface
public interface Serializer<T> extends Closeable {
    /**
     * Called once before the first use, when the producer creates the instance from the settings; not for an instance given to it.
     *
     * @param configs all settings of the producer, unknown keys included
     * @param isKey whether this instance is for keys
     */
    default void configure(Map<String, ?> configs, boolean isKey) {}

    /**
     * The bytes of {@code data}, which the producer copies before it returns from {@code send}.
     *
     * @param data may be null
     * @return null is sent as null, which is not the same as no bytes
     */
    byte @Nullable [] serialize(String topic, @Nullable T data);

    /** The same with the record's headers, which may be read and added to (KIP-336). This is what the producer calls. */
    default byte @Nullable [] serialize(String topic, Headers headers, @Nullable T data) {
        return serialize(topic, data);
    }

    /** The producer is closing. May be called more than once. */
    @Override
    default void close() {}
}
