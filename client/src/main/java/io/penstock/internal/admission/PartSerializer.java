package io.penstock.internal.admission;

import io.penstock.errors.SerializationException;
import io.penstock.producer.Headers;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordHeaders;
import io.penstock.serialization.ByteArraySerializer;
import io.penstock.serialization.DirectSerializer;
import io.penstock.serialization.ListSerializer;
import io.penstock.serialization.Serializer;
import io.penstock.serialization.StringSerializer;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A key's or value's way from the user's object to bytes, chosen once by the kind of its serializer.
 *
 * <p>Any thread; immutable. No lock is held while it runs, as the serializer may be the user's: that is also why a
 * {@link DirectSerializer} writes into {@link Scratch} and not into the page, which others append to meanwhile.
 */
final class PartSerializer<T> {

    private enum Way {
        /** The serializer makes an array, or has one. */
        ARRAY,
        /** It says the size and writes. */
        DIRECT,
        /** It is text in UTF-8. */
        TEXT
    }

    private static final RecordHeaders NO_HEADERS = new RecordHeaders();

    static {
        NO_HEADERS.setReadOnly();
    }

    private final String part;
    private final Serializer<T> serializer;
    private final boolean takesNoHeaders;
    private final @Nullable DirectSerializer<T> direct;
    private final Way way;

    /** @param part {@code key} or {@code value} */
    PartSerializer(String part, Serializer<T> serializer) {
        this.part = part;
        this.serializer = serializer;
        this.takesNoHeaders = takesNoHeaders(serializer);
        this.direct = serializer instanceof DirectSerializer<T> able && writesItself(able.getClass()) ? able : null;
        this.way = way(serializer, direct);
    }

    private static Way way(Serializer<?> serializer, @Nullable DirectSerializer<?> direct) {
        if (direct == null || serializer.getClass() == ByteArraySerializer.class) {
            return Way.ARRAY;
        }
        boolean isText = serializer.getClass() == StringSerializer.class
                && ((StringSerializer) serializer).encoding() == StandardCharsets.UTF_8;
        return isText ? Way.TEXT : Way.DIRECT;
    }

    /** Our own serializers do not look at headers, but for the one that hands them on; and what nobody asks for need not be made. */
    private static boolean takesNoHeaders(Serializer<?> serializer) {
        Class<?> type = serializer.getClass();
        return type.getPackage() == Serializer.class.getPackage() && type != ListSerializer.class;
    }

    /**
     * Whether {@code write} says what is sent: not when a subclass overrides {@code serialize} alone, as one of {@link
     * StringSerializer} might that knew nothing else to override.
     */
    private static boolean writesItself(Class<?> type) {
        try {
            Class<?> writer = declarer(type, "write", String.class, Headers.class, Object.class, ByteBuffer.class);
            Class<?> maker = declarer(type, "serialize", String.class, Object.class);
            Class<?> makerWithHeaders = declarer(type, "serialize", String.class, Headers.class, Object.class);
            return maker.isAssignableFrom(writer) && makerWithHeaders.isAssignableFrom(writer);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("A serializer without its methods: " + type, e);
        }
    }

    private static Class<?> declarer(Class<?> type, String name, Class<?>... parameters) throws NoSuchMethodException {
        Method method = type.getMethod(name, parameters);
        return method.getDeclaringClass();
    }

    /** The bytes in an array, for whoever wants one. */
    byte @Nullable [] array(ProducerRecord<?, ?> record, @Nullable T data) {
        try {
            return takesNoHeaders
                    ? serializer.serialize(record.topic(), data)
                    : serializer.serialize(record.topic(), record.headers(), data);
        } catch (ClassCastException e) {
            throw wrongType(data, record.topic(), e);
        }
    }

    /** The bytes in the piece's array, which then knows their size, or in one of their own; null for null. */
    byte @Nullable [] bytes(ScratchPiece piece, ProducerRecord<?, ?> record, @Nullable T data) {
        DirectSerializer<T> writer = direct;
        if (way == Way.ARRAY || writer == null || data == null) {
            return array(record, data);
        }
        try {
            if (way == Way.DIRECT) {
                return direct(piece, writer, record, data);
            }
            return ((String) data).length() <= ScratchPiece.MAX_CHARS ? piece.fill((String) data) : array(record, data);
        } catch (ClassCastException e) {
            throw wrongType(data, record.topic(), e);
        }
    }

    private byte @Nullable [] direct(
            ScratchPiece piece, DirectSerializer<T> writer, ProducerRecord<?, ?> record, T data) {
        String topic = record.topic();
        Headers headers = takesNoHeaders ? NO_HEADERS : record.headers();
        int size = DirectSerializer.sizeOrNull(writer, topic, headers, data);
        if (size < 0) {
            return null;
        }
        ByteBuffer target = size > ScratchPiece.MAX_BYTES ? ByteBuffer.allocate(size) : piece.fill(size);
        DirectSerializer.writeExactly(writer, topic, headers, data, target);
        return target.array();
    }

    private SerializationException wrongType(@Nullable Object given, String topic, ClassCastException cause) {
        String type = given == null ? "null" : given.getClass().getName();
        return new SerializationException(
                "The " + part + " of a record for " + topic + " is a " + type + ", which " + part + ".serializer "
                        + serializer.getClass().getName()
                        + " cannot convert; send another type or set another serializer",
                cause);
    }
}
