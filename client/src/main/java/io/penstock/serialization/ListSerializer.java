package io.penstock.serialization;

import io.penstock.errors.ConfigException;
import io.penstock.errors.SerializationException;
import io.penstock.producer.Headers;
import io.penstock.producer.RecordHeaders;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A list of things that another serializer writes (KIP-466).
 *
 * <pre>
 * constant size (Short, Integer, Long, Float, Double, UUID)    variable size (all others)
 * byte  0                                                      byte  1
 * int   count of nulls, int index of each
 * int   count of all                                           int   count of all
 * bytes of each that is not null                               each: int size or -1 for null, bytes
 * </pre>
 *
 * <p>The inner serializer comes by constructor or from {@code default.list.key.serde.inner} and {@code
 * default.list.value.serde.inner}, which here name a {@link Serializer} class, since a producer has no use for a serde.
 */
public class ListSerializer<Inner> implements Serializer<List<Inner>> {
    private static final Set<Class<?>> CONSTANT_SIZE = Set.of(
            ShortSerializer.class,
            IntegerSerializer.class,
            LongSerializer.class,
            FloatSerializer.class,
            DoubleSerializer.class,
            UUIDSerializer.class);

    private @Nullable Serializer<Inner> inner;

    public ListSerializer() {}

    public ListSerializer(Serializer<Inner> inner) {
        if (inner == null) {
            throw new IllegalArgumentException("ListSerializer needs the serializer of the elements, not null");
        }
        this.inner = inner;
    }

    /** Null before it is configured. */
    public @Nullable Serializer<Inner> getInnerSerializer() {
        return inner;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        String name = isKey ? "default.list.key.serde.inner" : "default.list.value.serde.inner";
        if (inner != null) {
            throw new ConfigException("the ListSerializer has its inner serializer already, from its constructor");
        }
        Object configured = configs.get(name);
        if (configured == null) {
            throw new ConfigException("ListSerializer needs the serializer of the elements: give it to its constructor"
                    + " or name its class in " + name);
        }
        inner = create(name, configured);
        inner.configure(configs, isKey);
    }

    @SuppressWarnings("unchecked") // what the elements are is the user's word, as with every serializer named by class
    private Serializer<Inner> create(String name, Object configured) {
        try {
            Class<?> type = configured instanceof Class<?> given
                    ? given
                    : Class.forName(
                            configured.toString(), true, Thread.currentThread().getContextClassLoader());
            return (Serializer<Inner>)
                    type.asSubclass(Serializer.class).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            ConfigException failure = new ConfigException(
                    name,
                    configured,
                    "not the name of a Serializer class with a public constructor without parameters");
            failure.initCause(e);
            throw failure;
        }
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable List<Inner> data) {
        return serialize(topic, new RecordHeaders(), data);
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, @Nullable List<Inner> data) {
        if (data == null) {
            return null;
        }
        Serializer<Inner> elements = inner;
        if (elements == null) {
            throw new SerializationException("the ListSerializer was not configured: it has no inner serializer");
        }
        boolean constantSize = CONSTANT_SIZE.contains(elements.getClass());
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(constantSize ? 0 : 1);
            if (constantSize) {
                writeNullIndexes(out, data);
            }
            out.writeInt(data.size());
            for (@Nullable Inner element : data) {
                byte[] written = element == null ? null : elements.serialize(topic, headers, element);
                if (!constantSize) {
                    out.writeInt(written == null ? -1 : written.length);
                }
                if (written != null) {
                    out.write(written);
                }
            }
        } catch (IOException e) {
            throw new SerializationException("a list of " + data.size() + " elements could not be serialized", e);
        }
        return bytes.toByteArray();
    }

    private void writeNullIndexes(DataOutputStream out, List<Inner> data) throws IOException {
        int nulls = 0;
        for (@Nullable Inner element : data) {
            nulls += element == null ? 1 : 0;
        }
        out.writeInt(nulls);
        int index = 0;
        for (@Nullable Inner element : data) {
            if (element == null) {
                out.writeInt(index);
            }
            index++;
        }
    }

    @Override
    public void close() {
        if (inner != null) {
            inner.close();
        }
    }
}
