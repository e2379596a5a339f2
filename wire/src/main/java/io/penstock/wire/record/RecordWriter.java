package io.penstock.wire.record;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Sizes and writes single records of format version 2.
 *
 * <pre>
 *   varint   length of all that follows        varint   value length, -1 null
 *   int8     attributes, always 0              bytes    value
 *   varlong  timestamp delta                   varint   header count
 *   varint   offset delta                      each: varint key length, key (UTF-8),
 *   varint   key length, -1 null                     varint value length, -1 null, value
 *   bytes    key
 * </pre>
 *
 * <p>Stateless and allocation-free. A caller takes {@link #headersSizeOf} once, then {@link #bodySizeOf} for the place in
 * the batch, knows with {@link #sizeOf(int)} whether the record fits, and writes it with the absolute puts of
 * {@code write} into one big-endian page, or through a {@link PageCursor} across several. Positions and limits of all
 * buffers stay as they are.
 *
 * @see <a href="https://kafka.apache.org/documentation/#record">Kafka: record</a>
 */
public final class RecordWriter {

    /** What {@link #headersSizeOf} answers for no headers: the count alone. */
    public static final int NO_HEADERS_SIZE_BYTES = 1;

    // Length, attributes, timestamp delta, offset delta, key length, value length, each at its longest.
    private static final int MAX_FRAMING_BYTES = 5 + 1 + 10 + 5 + 5 + 5;

    /** With its length a record is at least as large as the long then that its first bytes are written as. */
    private static final int MIN_BODY_FOR_ONE_STORE = Long.BYTES - 1;

    private RecordWriter() {}

    /** The header count and all headers, in bytes. */
    public static int headersSizeOf(HeaderSource headers) {
        int count = headers.headerCount();
        if (count == 0) {
            return NO_HEADERS_SIZE_BYTES;
        }
        long size = Varints.sizeOfVarint(count);
        for (int i = 0; i < count; i++) {
            int keySize = Utf8.sizeOf(headers.headerKey(i));
            byte @Nullable [] value = headers.headerValue(i);
            size += Varints.sizeOfVarint(keySize) + keySize;
            size += value == null ? 1 : Varints.sizeOfVarint(value.length) + value.length;
        }
        return toSize(size);
    }

    /**
     * The bytes of a record without its own length.
     *
     * @param keySizeBytes -1 for a null key
     * @param valueSizeBytes -1 for a null value
     * @param headersSizeBytes from {@link #headersSizeOf}
     * @throws IllegalArgumentException when no record can be that large
     */
    public static int bodySizeOf(
            int offsetDelta, long timestampDelta, int keySizeBytes, int valueSizeBytes, int headersSizeBytes) {
        long size = 1L
                + Varints.sizeOfVarlong(timestampDelta)
                + Varints.sizeOfVarint(offsetDelta)
                + Varints.sizeOfVarint(keySizeBytes)
                + Math.max(keySizeBytes, 0)
                + Varints.sizeOfVarint(valueSizeBytes)
                + Math.max(valueSizeBytes, 0)
                + headersSizeBytes;
        return toSize(size);
    }

    /** As {@link #bodySizeOf(int, long, int, int, int)}, of what is already known of key and value. */
    public static int bodySizeOf(int offsetDelta, long timestampDelta, KeyValue keyValue, int headersSizeBytes) {
        return toSize(1L
                + Varints.sizeOfVarlong(timestampDelta)
                + Varints.sizeOfVarint(offsetDelta)
                + keyValue.writtenBytes()
                + headersSizeBytes);
    }

    /** The bytes of a record with its own length. */
    public static int sizeOf(int bodySizeBytes) {
        return Varints.sizeOfVarint(bodySizeBytes) + bodySizeBytes;
    }

    /** {@link #sizeOf(int)} of {@link #bodySizeOf}. */
    public static int sizeOf(
            int offsetDelta, long timestampDelta, int keySizeBytes, int valueSizeBytes, int headersSizeBytes) {
        return sizeOf(bodySizeOf(offsetDelta, timestampDelta, keySizeBytes, valueSizeBytes, headersSizeBytes));
    }

    /** No record with these sizes is larger, wherever in a batch it comes to lie; may exceed an int. */
    public static long maxSizeOf(int keySizeBytes, int valueSizeBytes, int headersSizeBytes) {
        return (long) MAX_FRAMING_BYTES + Math.max(keySizeBytes, 0) + Math.max(valueSizeBytes, 0) + headersSizeBytes;
    }

    /**
     * Writes a record at {@code at}; the page must have {@link #sizeOf(int)} bytes from there to its limit.
     *
     * @param bodySizeBytes from {@link #bodySizeOf} with the same arguments
     * @return the index after the record
     * @throws IllegalStateException when the record did not come out at that size, as headers that change meanwhile do
     */
    public static int write(
            ByteBuffer page,
            int at,
            int bodySizeBytes,
            int offsetDelta,
            long timestampDelta,
            KeyValue keyValue,
            HeaderSource headers) {
        int next = writePrefix(page, at, bodySizeBytes, offsetDelta, timestampDelta);
        next = keyValue.put(page, next);
        next = writeHeaders(page, next, headers);
        return checked(next, at + sizeOf(bodySizeBytes));
    }

    /** As {@link #write(ByteBuffer, int, int, int, long, KeyValue, HeaderSource)}, key and value from position to limit. */
    public static int write(
            ByteBuffer page,
            int at,
            int bodySizeBytes,
            int offsetDelta,
            long timestampDelta,
            @Nullable ByteBuffer key,
            @Nullable ByteBuffer value,
            HeaderSource headers) {
        int next = writePrefix(page, at, bodySizeBytes, offsetDelta, timestampDelta);
        next = putBytes(page, next, key);
        next = putBytes(page, next, value);
        next = writeHeaders(page, next, headers);
        return checked(next, at + sizeOf(bodySizeBytes));
    }

    /** Writes a record that may run over several pages, starting where the cursor stands. */
    public static void write(
            PageCursor cursor,
            int bodySizeBytes,
            int offsetDelta,
            long timestampDelta,
            KeyValue keyValue,
            HeaderSource headers) {
        long end = cursor.writtenBytes() + sizeOf(bodySizeBytes);
        writePrefix(cursor, bodySizeBytes, offsetDelta, timestampDelta);
        keyValue.put(cursor);
        writeHeaders(cursor, headers);
        checked(cursor.writtenBytes(), end);
    }

    /** As {@link #write(PageCursor, int, int, long, KeyValue, HeaderSource)}, key and value from position to limit. */
    public static void write(
            PageCursor cursor,
            int bodySizeBytes,
            int offsetDelta,
            long timestampDelta,
            @Nullable ByteBuffer key,
            @Nullable ByteBuffer value,
            HeaderSource headers) {
        long end = cursor.writtenBytes() + sizeOf(bodySizeBytes);
        writePrefix(cursor, bodySizeBytes, offsetDelta, timestampDelta);
        cursor.putNullable(key);
        cursor.putNullable(value);
        writeHeaders(cursor, headers);
        checked(cursor.writtenBytes(), end);
    }

    /** Length, attributes and deltas: for a caller that puts key, value and headers itself, in this order. */
    public static int writePrefix(ByteBuffer page, int at, int bodySizeBytes, int offsetDelta, long timestampDelta) {
        long timestamp = Varints.zigzag(timestampDelta);
        if ((timestamp & ~0x3fff) == 0 && bodySizeBytes >= MIN_BODY_FOR_ONE_STORE) {
            int length = Varints.zigzag(bodySizeBytes);
            int offset = Varints.zigzag(offsetDelta);
            int timestampAt = Varints.sizeOfUnsigned(length) + 1;
            int offsetAt = timestampAt + Varints.sizeOfUnsigned((int) timestamp);
            int size = offsetAt + Varints.sizeOfUnsigned(offset);
            if (size <= Long.BYTES && ((length | offset) & ~0x1fffff) == 0) {
                // As one store: what of it lies beyond the prefix is the record's own, and is written next.
                long bytes = Varints.packed(length)
                        | Varints.packed((int) timestamp) << (timestampAt * Byte.SIZE)
                        | Varints.packed(offset) << (offsetAt * Byte.SIZE);
                page.putLong(at, Long.reverseBytes(bytes));
                return at + size;
            }
        }
        int next = Varints.putVarint(page, at, bodySizeBytes);
        page.put(next, (byte) 0);
        next = Varints.putVarlong(page, next + 1, timestampDelta);
        return Varints.putVarint(page, next, offsetDelta);
    }

    /** As {@link #writePrefix(ByteBuffer, int, int, int, long)}, across pages. */
    public static void writePrefix(PageCursor cursor, int bodySizeBytes, int offsetDelta, long timestampDelta) {
        cursor.putVarint(bodySizeBytes);
        cursor.putByte((byte) 0);
        cursor.putVarlong(timestampDelta);
        cursor.putVarint(offsetDelta);
    }

    /** The length and the bytes of a key or value; returns the next index. */
    public static int putBytes(ByteBuffer page, int at, byte @Nullable [] bytes) {
        if (bytes == null) {
            return Varints.putVarint(page, at, -1);
        }
        int next = Varints.putVarint(page, at, bytes.length);
        page.put(next, bytes);
        return next + bytes.length;
    }

    /** As {@link #putBytes(ByteBuffer, int, byte[])}, from position to limit. */
    public static int putBytes(ByteBuffer page, int at, @Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return Varints.putVarint(page, at, -1);
        }
        int size = bytes.remaining();
        int next = Varints.putVarint(page, at, size);
        page.put(next, bytes, bytes.position(), size);
        return next + size;
    }

    /** The header count and all headers; returns the next index. */
    public static int writeHeaders(ByteBuffer page, int at, HeaderSource headers) {
        int count = headers.headerCount();
        if (count == 0) {
            page.put(at, (byte) 0);
            return at + 1;
        }
        int next = Varints.putVarint(page, at, count);
        for (int i = 0; i < count; i++) {
            String key = headers.headerKey(i);
            next = Varints.putVarint(page, next, Utf8.sizeOf(key));
            next = Utf8.put(page, next, key);
            next = putBytes(page, next, headers.headerValue(i));
        }
        return next;
    }

    /** As {@link #writeHeaders(ByteBuffer, int, HeaderSource)}, across pages. */
    public static void writeHeaders(PageCursor cursor, HeaderSource headers) {
        int count = headers.headerCount();
        cursor.putVarint(count);
        for (int i = 0; i < count; i++) {
            cursor.putText(headers.headerKey(i));
            cursor.putNullable(headers.headerValue(i));
        }
    }

    private static int checked(int next, int expected) {
        checked((long) next, expected);
        return next;
    }

    private static void checked(long next, long expected) {
        if (next != expected) {
            throw new IllegalStateException("Record came out " + (next - expected)
                    + " bytes larger than it was sized; its key, value or headers changed while it was written");
        }
    }

    private static int toSize(long size) {
        // The batch's length field is an int and counts the header too.
        if (size > Integer.MAX_VALUE - BatchHeader.SIZE_BYTES - Varints.MAX_VARINT_SIZE_BYTES) {
            throw new IllegalArgumentException("Record of " + size + " bytes is larger than any batch can be");
        }
        return (int) size;
    }
}
