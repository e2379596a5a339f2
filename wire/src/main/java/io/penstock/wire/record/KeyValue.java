package io.penstock.wire.record;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A record's key and value as they lie in arrays: each a whole array or a piece of one, or null.
 *
 * <p>Owned by whoever fills it, and refilled for the next record; not thread-safe. The arrays are others' and are only read.
 */
public final class KeyValue {

    private static final byte[] NOTHING = new byte[0];

    private byte @Nullable [] keyArray;
    private int keyAt;
    private int keySizeBytes = -1;
    private byte @Nullable [] valueArray;
    private int valueAt;
    private int valueSizeBytes = -1;

    /** With their lengths. */
    private long keyWrittenBytes = 1;

    private long valueWrittenBytes = 1;

    public KeyValue() {}

    public static KeyValue of(byte @Nullable [] key, byte @Nullable [] value) {
        KeyValue pair = new KeyValue();
        pair.key(key);
        pair.value(value);
        return pair;
    }

    /** The whole array, or null. */
    public void key(byte @Nullable [] bytes) {
        key(bytes, 0, bytes == null ? -1 : bytes.length);
    }

    /** @param sizeBytes -1 for null */
    public void key(byte @Nullable [] bytes, int at, int sizeBytes) {
        if (keyArray != bytes) { // a collector's barrier around it makes the store dear where this object has grown old
            keyArray = bytes;
        }
        keyAt = at;
        keySizeBytes = sizeBytes;
        keyWrittenBytes = writtenBytes(sizeBytes);
    }

    /** The whole array, or null. */
    public void value(byte @Nullable [] bytes) {
        value(bytes, 0, bytes == null ? -1 : bytes.length);
    }

    /** @param sizeBytes -1 for null */
    public void value(byte @Nullable [] bytes, int at, int sizeBytes) {
        if (valueArray != bytes) {
            valueArray = bytes;
        }
        valueAt = at;
        valueSizeBytes = sizeBytes;
        valueWrittenBytes = writtenBytes(sizeBytes);
    }

    /** -1 for a null key. */
    public int keySizeBytes() {
        return keySizeBytes;
    }

    /** -1 for a null value. */
    public int valueSizeBytes() {
        return valueSizeBytes;
    }

    /** What both take in a record, each with its length; may exceed an int. */
    public long writtenBytes() {
        return keyWrittenBytes + valueWrittenBytes;
    }

    /** Holds the key from {@link #keyAt()} on. */
    public byte[] keyArray() {
        byte[] array = keyArray;
        return array == null ? NOTHING : array;
    }

    public int keyAt() {
        return keyAt;
    }

    /** The key in an array of its own, which may be the one given. */
    public byte @Nullable [] keyBytes() {
        return bytes(keyArray, keyAt, keySizeBytes);
    }

    /** The value in an array of its own, which may be the one given. */
    public byte @Nullable [] valueBytes() {
        return bytes(valueArray, valueAt, valueSizeBytes);
    }

    /** Forgets the arrays. */
    public void clear() {
        key(null);
        value(null);
    }

    int put(ByteBuffer page, int at) {
        int next = put(page, at, keyArray, keyAt, keySizeBytes);
        return put(page, next, valueArray, valueAt, valueSizeBytes);
    }

    void put(PageCursor cursor) {
        put(cursor, keyArray, keyAt, keySizeBytes);
        put(cursor, valueArray, valueAt, valueSizeBytes);
    }

    private static long writtenBytes(int sizeBytes) {
        return Varints.sizeOfVarint(sizeBytes) + (long) Math.max(0, sizeBytes);
    }

    private static int put(ByteBuffer page, int at, byte @Nullable [] array, int from, int sizeBytes) {
        int next = Varints.putVarint(page, at, sizeBytes);
        if (array == null || sizeBytes <= 0) {
            return next;
        }
        page.put(next, array, from, sizeBytes);
        return next + sizeBytes;
    }

    private static void put(PageCursor cursor, byte @Nullable [] array, int from, int sizeBytes) {
        cursor.putVarint(sizeBytes);
        if (array != null) {
            cursor.putBytes(array, from, sizeBytes);
        }
    }

    private static byte @Nullable [] bytes(byte @Nullable [] array, int at, int sizeBytes) {
        if (array == null || sizeBytes < 0) {
            return null;
        }
        return at == 0 && sizeBytes == array.length ? array : Arrays.copyOfRange(array, at, at + sizeBytes);
    }
}
