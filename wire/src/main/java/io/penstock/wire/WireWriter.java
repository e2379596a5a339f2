package io.penstock.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the protocol's primitive types, front to back, into memory that grows.
 *
 * <p>Owned by one thread. {@link Segments} are spliced in, not copied: this remembers where they go, and
 * {@link #toBuffers()} hands out own bytes and spliced buffers in their order, ready for a gathering write.
 *
 * <pre>
 *   own bytes   [ size | header | acks .. ][ next partition .. ]
 *   splices                               ^ pages of a batch    ^ pages of the next
 * </pre>
 */
public final class WireWriter {

    private static final int DEFAULT_CAPACITY_BYTES = 256;

    private ByteBuffer own;
    private final List<Splice> splices = new ArrayList<>(0);
    private int splicedBytes;

    public WireWriter() {
        this(DEFAULT_CAPACITY_BYTES);
    }

    public WireWriter(int initialCapacity) {
        own = ByteBuffer.allocate(initialCapacity);
    }

    public void writeByte(int value) {
        room(Byte.BYTES).put((byte) value);
    }

    public void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    public void writeShort(int value) {
        room(Short.BYTES).putShort((short) value);
    }

    /** The low 16 bits. */
    public void writeUnsignedShort(int value) {
        writeShort(value);
    }

    public void writeInt(int value) {
        room(Integer.BYTES).putInt(value);
    }

    /** The low 32 bits. */
    public void writeUnsignedInt(long value) {
        writeInt((int) value);
    }

    public void writeLong(long value) {
        room(Long.BYTES).putLong(value);
    }

    public void writeDouble(double value) {
        writeLong(Double.doubleToRawLongBits(value));
    }

    public void writeUuid(UUID value) {
        room(2 * Long.BYTES).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
    }

    /** The int's bits taken as an unsigned value, in one to five bytes. */
    public void writeUnsignedVarint(int value) {
        ByteBuffer target = room(5);
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            target.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        target.put((byte) rest);
    }

    /** Zigzag-encoded. */
    public void writeVarint(int value) {
        writeUnsignedVarint((value << 1) ^ (value >> 31));
    }

    /** Zigzag-encoded, in one to ten bytes. */
    public void writeVarlong(long value) {
        ByteBuffer target = room(10);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            target.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        target.put((byte) rest);
    }

    /** A string with its length before it, at most 32,767 bytes of UTF-8. */
    public void writeString(String value, boolean flexible) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > WireReader.MAX_STRING_SIZE_BYTES) {
            throw new IllegalArgumentException("a string of " + bytes.length
                    + " bytes cannot be sent, the protocol allows " + WireReader.MAX_STRING_SIZE_BYTES + ": it begins "
                    + value.substring(0, 32));
        }
        if (flexible) {
            writeUnsignedVarint(bytes.length + 1);
        } else {
            writeShort(bytes.length);
        }
        room(bytes.length).put(bytes);
    }

    public void writeNullableString(@Nullable String value, boolean flexible) {
        if (value != null) {
            writeString(value, flexible);
        } else if (flexible) {
            writeByte(0);
        } else {
            writeShort(-1);
        }
    }

    /** The length of an array or a run of bytes; -1 for null. */
    public void writeLength(int length, boolean flexible) {
        if (flexible) {
            writeUnsignedVarint(length + 1);
        } else {
            writeInt(length);
        }
    }

    /** A run of bytes with its length before it. */
    public void writeBytes(byte @Nullable [] value, boolean flexible) {
        writeLength(value == null ? -1 : value.length, flexible);
        if (value != null) {
            room(value.length).put(value);
        }
    }

    /** A copy of the bytes from position to limit, with their length before them; the position stays as it is. */
    public void writeBytes(@Nullable ByteBuffer value, boolean flexible) {
        writeLength(value == null ? -1 : value.remaining(), flexible);
        if (value != null) {
            writeRaw(value);
        }
    }

    /** A copy of the bytes from position to limit, and nothing else; the position stays as it is. */
    public void writeRaw(ByteBuffer value) {
        room(value.remaining()).put(value.duplicate());
    }

    /** Segments with their length before them, spliced in without a copy. */
    public void writeSegments(@Nullable Segments value, boolean flexible) {
        writeLength(value == null ? -1 : value.sizeBytes(), flexible);
        if (value != null) {
            writeSegments(value);
        }
    }

    /** Splices the segments in, without a copy and without a length. */
    public void writeSegments(Segments value) {
        if (value.sizeBytes() > 0) {
            splices.add(new Splice(own.position(), value));
            splicedBytes = Math.addExact(splicedBytes, value.sizeBytes());
        }
    }

    /** Leaves room for an int that is known only later; returns the mark for {@link #patchInt}. */
    public int reserveInt() {
        int mark = own.position();
        writeInt(0);
        return mark;
    }

    public void patchInt(int mark, int value) {
        own.putInt(mark, value);
    }

    /** Begins the tagged fields that end a structure; returns the mark for {@link #beginTag}. */
    public int beginTags() {
        int tags = own.position();
        writeByte(0);
        return tags;
    }

    /** Begins one tagged field of the section at mark {@code tags}; returns the mark for {@link #endTag}. */
    public int beginTag(int tags, int tag) {
        int count = own.get(tags) + 1;
        if (count > Byte.MAX_VALUE) {
            throw new IllegalStateException("more than " + Byte.MAX_VALUE + " tagged fields in one structure");
        }
        own.put(tags, (byte) count);
        writeUnsignedVarint(tag);
        return own.position();
    }

    /** Ends a tagged field: puts its size, known only now, before its bytes. Spliced bytes cannot be in it. */
    public void endTag(int mark) {
        if (!splices.isEmpty() && splices.get(splices.size() - 1).at >= mark) {
            throw new IllegalStateException("segments inside a tagged field");
        }
        int size = own.position() - mark;
        writeUnsignedVarint(size);
        int prefix = own.position() - mark - size;
        byte[] array = own.array();
        System.arraycopy(array, mark, array, mark + prefix, size);
        own.position(mark);
        writeUnsignedVarint(size);
        own.position(mark + prefix + size);
    }

    /** Bytes written so far, spliced ones included. */
    public int sizeBytes() {
        return Math.addExact(own.position(), splicedBytes);
    }

    /** All that was written, in order. The buffers share this writer's memory: they hold until the next write or clear. */
    public ByteBuffer[] toBuffers() {
        List<ByteBuffer> buffers = new ArrayList<>(2 * splices.size() + 1);
        int from = 0;
        for (Splice splice : splices) {
            if (splice.at > from) {
                buffers.add(own.slice(from, splice.at - from));
                from = splice.at;
            }
            for (int i = 0; i < splice.segments.count(); i++) {
                buffers.add(splice.segments.get(i));
            }
        }
        if (own.position() > from || buffers.isEmpty()) {
            buffers.add(own.slice(from, own.position() - from));
        }
        return buffers.toArray(new ByteBuffer[0]);
    }

    /** A copy of all that was written. */
    public ByteBuffer toContiguous() {
        ByteBuffer all = ByteBuffer.allocate(sizeBytes());
        for (ByteBuffer buffer : toBuffers()) {
            all.put(buffer);
        }
        return all.flip();
    }

    /** Forgets all that was written and keeps the memory; buffers handed out before must no longer be in use. */
    public void clear() {
        own.clear();
        splices.clear();
        splicedBytes = 0;
    }

    private ByteBuffer room(int size) {
        if (own.remaining() < size) {
            int needed = Math.addExact(own.position(), size);
            int grown = (int) Math.min(Integer.MAX_VALUE - 8, 2L * own.capacity());
            own = ByteBuffer.wrap(Arrays.copyOf(own.array(), Math.max(needed, grown)))
                    .position(own.position());
        }
        return own;
    }

    private record Splice(int at, Segments segments) {}
}
