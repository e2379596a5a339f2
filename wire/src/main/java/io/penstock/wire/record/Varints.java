package io.penstock.wire.record;

import io.penstock.wire.WireFormatException;
import java.nio.ByteBuffer;

/**
 * Variable-length integers of the record format: seven bits a byte, low bits first, signed ones in zigzag order.
 *
 * <pre>
 *   value      0     -1      1     -2   ...     63    -64     64
 *   bytes     00     01     02     03   ...     7e     7f   80 01
 * </pre>
 *
 * <p>Stateless. Writers put at an absolute index of a big-endian buffer and return the index after the last byte; they
 * leave position and limit alone. Readers are relative, never pass the limit, and take the shortest form only.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/#varints">Base 128 varints</a>
 */
public final class Varints {

    /** The most bytes that {@link #putVarint} and {@link #putUnsigned} write. */
    public static final int MAX_VARINT_SIZE_BYTES = 5;

    /** The most bytes that {@link #putVarlong} writes. */
    public static final int MAX_VARLONG_SIZE_BYTES = 10;

    private Varints() {}

    /** The bytes that {@link #putVarint} takes for {@code value}, 1 to 5. */
    public static int sizeOfVarint(int value) {
        return sizeOfUnsigned(zigzag(value));
    }

    /** The bytes that {@link #putVarlong} takes for {@code value}, 1 to 10. */
    public static int sizeOfVarlong(long value) {
        int bits = 64 - Long.numberOfLeadingZeros(zigzag(value) | 1);
        return (bits * 9 + 64) >>> 6;
    }

    /** The bytes that {@link #putUnsigned} takes for {@code value}, 1 to 5. */
    public static int sizeOfUnsigned(int value) {
        if ((value & ~0x7f) == 0) {
            return 1; // foreseen, most of the time, where what follows would have to be waited for
        }
        if ((value & ~0x3fff) == 0) {
            return 2;
        }
        // ceil(bits / 7) without a division: exact for all widths up to 64.
        int bits = 32 - Integer.numberOfLeadingZeros(value | 1);
        return (bits * 9 + 64) >>> 6;
    }

    public static int putVarint(ByteBuffer buffer, int index, int value) {
        return putUnsigned(buffer, index, zigzag(value));
    }

    public static int putVarlong(ByteBuffer buffer, int index, long value) {
        long rest = zigzag(value);
        if ((rest & ~0x7fffffffL) == 0) {
            return putUnsigned(buffer, index, (int) rest);
        }
        int at = index;
        while ((rest & ~0x7fL) != 0) {
            buffer.put(at++, (byte) (rest | 0x80));
            rest >>>= 7;
        }
        buffer.put(at++, (byte) rest);
        return at;
    }

    public static int putUnsigned(ByteBuffer buffer, int index, int value) {
        if ((value & ~0x7f) == 0) {
            buffer.put(index, (byte) value);
            return index + 1;
        }
        if ((value & ~0x3fff) == 0) {
            buffer.putShort(index, (short) ((value | 0x80) << 8 | value >>> 7));
            return index + 2;
        }
        return putLongUnsigned(buffer, index, value);
    }

    private static int putLongUnsigned(ByteBuffer buffer, int index, int value) {
        // Three bytes or more: the first two are there for certain, the rest is the value without their 14 bits.
        buffer.putShort(index, (short) ((value | 0x80) << 8 | (value >>> 7 & 0x7f) | 0x80));
        return putUnsigned(buffer, index + 2, value >>> 14);
    }

    /** What {@link #putUnsigned} writes for a value below 2^21, the first byte lowest. */
    static long packed(int value) {
        if ((value & ~0x7f) == 0) {
            return value;
        }
        if ((value & ~0x3fff) == 0) {
            return ((value & 0x7f) | 0x80) | (value >>> 7) << 8;
        }
        return ((value & 0x7f) | 0x80) | (((value >>> 7) & 0x7f) | 0x80) << 8 | (value >>> 14) << 16;
    }

    /** Reads at the buffer's position and moves it on. */
    public static int readVarint(ByteBuffer buffer) {
        int raw = readUnsigned(buffer);
        return (raw >>> 1) ^ -(raw & 1);
    }

    /** Reads at the buffer's position and moves it on; the result is to be taken as unsigned. */
    public static int readUnsigned(ByteBuffer buffer) {
        int result = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int b = nextByte(buffer);
            if (shift == 28 && (b & 0xf0) != 0) {
                throw new WireFormatException("Varint does not fit in 32 bits");
            }
            result |= (b & 0x7f) << shift;
            if (b >= 0) {
                requireShortest(b, shift);
                return result;
            }
        }
        throw new WireFormatException("Varint is longer than 5 bytes");
    }

    /** Reads at the buffer's position and moves it on. */
    public static long readVarlong(ByteBuffer buffer) {
        long result = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int b = nextByte(buffer);
            if (shift == 63 && (b & 0xfe) != 0) {
                throw new WireFormatException("Varlong does not fit in 64 bits");
            }
            result |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                requireShortest(b, shift);
                return (result >>> 1) ^ -(result & 1);
            }
        }
        throw new WireFormatException("Varlong is longer than 10 bytes");
    }

    private static byte nextByte(ByteBuffer buffer) {
        if (!buffer.hasRemaining()) {
            throw new WireFormatException("Varint runs past the end of its bytes");
        }
        return buffer.get();
    }

    private static void requireShortest(int lastByte, int shift) {
        if (lastByte == 0 && shift > 0) {
            throw new WireFormatException("Varint is padded to " + (shift / 7 + 1) + " bytes");
        }
    }

    static int zigzag(int value) {
        return (value << 1) ^ (value >> 31);
    }

    static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }
}
