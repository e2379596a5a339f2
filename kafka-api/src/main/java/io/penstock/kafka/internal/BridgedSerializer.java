package io.penstock.kafka.internal;

import io.penstock.producer.Headers;
import io.penstock.serialization.Serializer;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** The user's serializer as the engine calls it; one for keys, one for values, made once. */
public final class BridgedSerializer<T> implements Serializer<T> {

    private final org.apache.kafka.common.serialization.Serializer<T> serializer;
    private final String part;
    private final CloseFailures failures;

    /** @param part {@code key} or {@code value} */
    public BridgedSerializer(
            org.apache.kafka.common.serialization.Serializer<T> serializer, String part, CloseFailures failures) {
        this.failures = failures;
        this.serializer = serializer;
        this.part = part;
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T data) {
        return serializer.serialize(topic, data);
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, @Nullable T data) {
        try {
            return serializer.serialize(topic, ((BridgedHeaders) headers).headers(), data);
        } catch (ClassCastException e) {
            String type = data == null ? "null" : data.getClass().getName();
            throw new SerializationException(
                    "Can't convert " + part + " of class " + type + " to class "
                            + serializer.getClass().getName() + " specified in " + part + ".serializer",
                    e);
        } catch (ApiException e) {
            throw ErrorTranslator.toPenstock(e); // of which the record's future and callback hear
        }
    }

    @Override
    public void close() {
        failures.close(serializer);
    }
}
