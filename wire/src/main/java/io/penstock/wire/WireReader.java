package io.penstock.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the protocol's primitive types from one frame, front to back.
 *
 * <p>Owned by one thread. It never reads outside the frame, and answers whatever is malformed with a
 * {@link WireFormatException} and nothing else. Lengths are checked against what the frame still holds before anything
 * is allocated, so a hostile length never costs more memory than the frame that carried it.
 *
 * <p>Flexible versions of a message write lengths as an unsigned varint of length + 1, with 0 for null; older ones
 * write a fixed-width length with -1 for null. See the <a href="https://kafka.apache.org/protocol#protocol_types">
 * protocol's types</a>.
 */
public final class WireReader {

    /** More tagged fields than this in one structure are refused. */
    public static final int MAX_TAGGED_FIELD_COUNT = 10_000;

    /** The protocol's limit of a string, also where the length is written as a varint. */
    static final int MAX_STRING_SIZE_BYTES = Short.MAX_VALUE;

    private final ByteBuffer frame;
    private final int start;

    /** Reads {@code frame} from its position to its limit; the buffer's own position stays where it is. */
    public WireReader(ByteBuffer frame) {
        this(frame.slice(), 0);
    }

    private WireReader(ByteBuffer frame, int start) {
        this.frame = frame;
        this.start = start;
    }

    /** Reads a big-endian {@code frame} from its position to its limit, and moves its position: a view less for each frame. */
    public static WireReader moving(ByteBuffer frame) {
        return new WireReader(frame, frame.position());
    }

    /** Bytes not read yet. */
    public int remaining() {
        return frame.remaining();
    }

    /** Bytes read so far. */
    public int position() {
        return frame.position() - start;
    }

    /** Goes back to where it was, to read the same once more. */
    public void returnTo(int position) {
        frame.position(start + position);
    }

    /** Passes over {@code count} bytes. */
    public void skip(int count) {
        require(count);
        frame.position(frame.position() + count);
    }

    public byte readByte() {
        require(Byte.BYTES);
        return frame.get();
    }

    /** Any byte but 0 is true, as for Kafka's own reader. */
    public boolean readBoolean() {
        return readByte() != 0;
    }

    public short readShort() {
        require(Short.BYTES);
        return frame.getShort();
    }

    public int readUnsignedShort() {
        return Short.toUnsignedInt(readShort());
    }

    public int readInt() {
        require(Integer.BYTES);
        return frame.getInt();
    }

    public long readUnsignedInt() {
        return Integer.toUnsignedLong(readInt());
    }

    public long readLong() {
        require(Long.BYTES);
        return frame.getLong();
    }

    public double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    public UUID readUuid() {
        require(2 * Long.BYTES);
        return new UUID(frame.getLong(), frame.getLong());
    }

    /** Seven bits a byte, lowest first, at most five bytes; the int's bits are the unsigned value's. */
    public int readUnsignedVarint() {
        int value = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            byte next = readByte();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        byte last = readByte();
        if ((last & 0xf0) != 0) {
            throw malformed("a varint of more than 32 bits");
        }
        return value | last << 28;
    }

    /** A zigzag-encoded int. */
    public int readVarint() {
        int raw = readUnsignedVarint();
        return (raw >>> 1) ^ -(raw & 1);
    }

    /** A zigzag-encoded long, at most ten bytes. */
    public long readVarlong() {
        long raw = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte next = readByte();
            raw |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return zigzag(raw);
            }
        }
        byte last = readByte();
        if ((last & 0xfe) != 0) {
            throw malformed("a varint of more than 64 bits");
        }
        return zigzag(raw | (long) last << 63);
    }

    private static long zigzag(long raw) {
        return (raw >>> 1) ^ -(raw & 1);
    }

    /** {@code length} bytes of UTF-8. Bytes that are not UTF-8 become U+FFFD: a broker's odd text is no reason to lose it. */
    public String readString(int length) {
        require(length);
        if (length == 0) {
            return "";
        }
        if (frame.hasArray()) {
            int start = frame.arrayOffset() + frame.position();
            frame.position(frame.position() + length);
            return new String(frame.array(), start, length, StandardCharsets.UTF_8);
        }
        return new String(copy(length), StandardCharsets.UTF_8);
    }

    /** A string with its length before it. */
    public String readString(boolean flexible) {
        String value = readNullableString(flexible);
        if (value == null) {
            throw malformed("null for a string that cannot be null");
        }
        return value;
    }

    public @Nullable String readNullableString(boolean flexible) {
        int length = flexible ? readUnsignedVarint() - 1 : readShort();
        if (length == -1) {
            return null;
        }
        if (length < 0 || length > MAX_STRING_SIZE_BYTES) {
            throw malformed("a string of " + length + " bytes");
        }
        return readString(length);
    }

    /** A view of the next {@code length} bytes, which shares the frame's memory. */
    public ByteBuffer readSlice(int length) {
        require(length);
        ByteBuffer slice = frame.slice(frame.position(), length);
        frame.position(frame.position() + length);
        return slice;
    }

    /** The length before a run of bytes: -1 for null, else no more than what remains. */
    public int readNullableLength(boolean flexible) {
        int length = flexible ? readUnsignedVarint() - 1 : readInt();
        if (length != -1) {
            require(length);
        }
        return length;
    }

    /** As {@link #readNullableLength} for what cannot be null. */
    public int readLength(boolean flexible) {
        return notNull(readNullableLength(flexible), "a run of bytes");
    }

    /** A copy of a run of bytes with its length before it. */
    public byte[] readBytes(boolean flexible) {
        return copy(readLength(flexible));
    }

    public byte @Nullable [] readNullableBytes(boolean flexible) {
        int length = readNullableLength(flexible);
        return length < 0 ? null : copy(length);
    }

    /** A run of bytes as a view that shares the frame's memory, with its length before it. */
    public ByteBuffer readSlice(boolean flexible) {
        return readSlice(readLength(flexible));
    }

    public @Nullable ByteBuffer readNullableSlice(boolean flexible) {
        int length = readNullableLength(flexible);
        return length < 0 ? null : readSlice(length);
    }

    /** As {@link #readNullableSlice}, for records. */
    public @Nullable Segments readNullableSegments(boolean flexible) {
        ByteBuffer slice = readNullableSlice(flexible);
        return slice == null ? null : Segments.of(slice);
    }

    /** As {@link #readNullableSegments} for what cannot be null. */
    public Segments readSegments(boolean flexible) {
        return Segments.of(readSlice(flexible));
    }

    /**
     * The number of elements of an array: -1 for null, else no more than could still be in the frame.
     *
     * @param elementSizeBytes the fewest bytes that one element takes, at least 1
     */
    public int readNullableArrayLength(boolean flexible, int elementSizeBytes) {
        int length = flexible ? readUnsignedVarint() - 1 : readInt();
        if (length < -1 || length > remaining() / elementSizeBytes) {
            throw malformed("an array of " + Integer.toUnsignedString(length) + " elements of at least "
                    + elementSizeBytes + " bytes");
        }
        return length;
    }

    /** As {@link #readNullableArrayLength} for what cannot be null. */
    public int readArrayLength(boolean flexible, int elementSizeBytes) {
        return notNull(readNullableArrayLength(flexible, elementSizeBytes), "an array");
    }

    /** How many elements to make room for at once: never more memory than what remains of the frame. */
    public int initialCapacity(int arrayLength) {
        return Math.min(arrayLength, remaining() / 8 + 1);
    }

    /** The number of tagged fields that end a structure of a flexible version. */
    public int readTagCount() {
        int count = readUnsignedVarint();
        if (count < 0 || count > MAX_TAGGED_FIELD_COUNT) {
            throw malformed(Integer.toUnsignedString(count) + " tagged fields, more than " + MAX_TAGGED_FIELD_COUNT);
        }
        return count;
    }

    /** Reads a tagged field's size, after its tag; returns the position at which it ends. */
    public int beginTag() {
        int size = readUnsignedVarint();
        require(size);
        return position() + size;
    }

    /** Checks that a tagged field was as long as it said. */
    public void endTag(int end) {
        if (position() != end) {
            throw malformed("a tagged field that should have ended at byte " + end);
        }
    }

    /** Passes over a tagged field that is not known. */
    public void skipTag(int end) {
        frame.position(start + end);
    }

    /** Passes over all tagged fields of a structure of which none is known. */
    public void skipTags() {
        for (int left = readTagCount(); left > 0; left--) {
            readUnsignedVarint();
            skipTag(beginTag());
        }
    }

    /** The exception for something malformed just before the present position. */
    public WireFormatException malformed(String what) {
        return new WireFormatException(what + ", at byte " + position() + " of a frame of " + (frame.limit() - start));
    }

    private int notNull(int length, String what) {
        if (length < 0) {
            throw malformed("null for " + what + " that cannot be null");
        }
        return length;
    }

    private byte[] copy(int length) {
        byte[] bytes = new byte[length];
        frame.get(bytes);
        return bytes;
    }

    private void require(int length) {
        if (length < 0 || length > frame.remaining()) {
            throw malformed("needs " + Integer.toUnsignedString(length) + " bytes and " + remaining() + " are left");
        }
    }
}
