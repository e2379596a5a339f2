package io.penstock.serialization;

import io.penstock.errors.SerializationException;
import io.penstock.producer.Headers;
import io.penstock.producer.RecordHeaders;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A serializer that says how many bytes there will be and then puts them where the producer wants them, so that a key or value costs
 * no array of its own.
 *
 * <p>The producer asks for the size first, then has the bytes written, on the thread that sends and with no lock held. Everything
 * that holds for a {@link Serializer} holds here. Anything larger than 32 KiB, and a record that a {@code Partitioner} of one's own
 * wants to see, goes through {@link #serialize} instead, which calls the same two methods and makes the array.
 *
 * <pre>{@code
 * class InstantSerializer implements DirectSerializer<Instant> {
 *     public int sizeOf(String topic, Headers headers, Instant instant) {
 *         return Long.BYTES + Integer.BYTES;
 *     }
 *
 *     public void write(String topic, Headers headers, Instant instant, ByteBuffer target) {
 *         target.putLong(instant.getEpochSecond()).putInt(instant.getNano());
 *     }
 * }
 * }</pre>
 *
 * <p>A subclass of one that overrides {@code serialize} alone is taken at its word: its arrays are sent.
 */
public interface DirectSerializer<T> extends Serializer<T> {

    /**
     * How many bytes {@link #write} will put for this, exactly.
     *
     * @param headers of the record, which may be read and added to
     * @param data never null; null is sent as null without asking
     * @return 0 or more, or -1 to send null
     */
    int sizeOf(String topic, Headers headers, T data);

    /**
     * Puts the bytes at the target's position and leaves it behind them. To put fewer or more than {@link #sizeOf} said fails the
     * record with a {@link SerializationException}; nothing of it is sent.
     *
     * @param target big-endian, with exactly so many bytes remaining as {@link #sizeOf} said; not to be kept
     */
    void write(String topic, Headers headers, T data, ByteBuffer target);

    @Override
    default byte @Nullable [] serialize(String topic, @Nullable T data) {
        return serialize(topic, new RecordHeaders(), data);
    }

    @Override
    default byte @Nullable [] serialize(String topic, Headers headers, @Nullable T data) {
        int size = sizeOrNull(this, topic, headers, data);
        if (data == null || size < 0) {
            return null;
        }
        byte[] bytes = new byte[size];
        writeExactly(this, topic, headers, data, ByteBuffer.wrap(bytes));
        return bytes;
    }

    /**
     * {@link #sizeOf}, held to its own contract: for a serializer that calls another one, and for the producer.
     *
     * @return -1 for null, else 0 or more
     * @throws SerializationException for an impossible size
     */
    static <T> int sizeOrNull(DirectSerializer<T> serializer, String topic, Headers headers, @Nullable T data) {
        int size = data == null ? -1 : serializer.sizeOf(topic, headers, data);
        if (size < -1) {
            throw new SerializationException(serializer.getClass().getName() + " said " + size
                    + " bytes; sizeOf() returns 0 or more, or -1 for null");
        }
        return size;
    }

    /**
     * {@link #write}, held to what {@link #sizeOf} said: for a serializer that calls another one, and for the producer.
     *
     * @throws SerializationException when the target is not full afterwards, or was too small
     */
    static <T> void writeExactly(
            DirectSerializer<T> serializer, String topic, Headers headers, T data, ByteBuffer target) {
        int size = target.remaining();
        int end = target.limit();
        try {
            serializer.write(topic, headers, data, target);
        } catch (BufferOverflowException e) {
            throw new SerializationException(
                    serializer.getClass().getName() + " said " + size + " bytes and wrote more than these " + size
                            + "; sizeOf() must return exactly what write() puts",
                    e);
        }
        if (target.position() != end) {
            throw new SerializationException(serializer.getClass().getName() + " said " + size + " bytes and wrote "
                    + (size + target.position() - end)
                    + "; sizeOf() must return exactly what write() puts");
        }
    }
}
