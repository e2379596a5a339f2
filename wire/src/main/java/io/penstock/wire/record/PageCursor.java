package io.penstock.wire.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a record goes that does not fit in what is left of one page.
 *
 * <p>Owned by whoever holds the pages; not thread-safe; reusable through {@link #start}. Fills the current page up to its
 * end, then asks {@link #nextPage()} for one more. It only puts at absolute indexes, so the pages' positions and limits are
 * its owner's to set.
 */
public abstract class PageCursor {

    private ByteBuffer page = ByteBuffer.allocate(0);
    private int index;
    private int end;
    private long doneBytes;

    /** Stands at {@code index} of {@code page}, which may be filled up to and without {@code end}. */
    public final void start(ByteBuffer firstPage, int firstIndex, int firstEnd) {
        page = firstPage;
        index = firstIndex;
        end = firstEnd;
        doneBytes = -firstIndex;
    }

    /**
     * One more page, to be filled from its position to its limit; called only when there is a byte to put into it. The
     * previous one is full then.
     */
    protected abstract ByteBuffer nextPage();

    /** The page that the next byte goes into, if it has room. */
    public final ByteBuffer page() {
        return page;
    }

    /** The index in {@link #page()} after the last byte written. */
    public final int index() {
        return index;
    }

    /** All bytes written since {@link #start}. */
    public final long writtenBytes() {
        return doneBytes + index;
    }

    public final void putByte(byte value) {
        if (index == end) {
            advance();
        }
        page.put(index++, value);
    }

    public final void putVarint(int value) {
        if (end - index >= Varints.MAX_VARINT_SIZE_BYTES) {
            index = Varints.putVarint(page, index, value);
        } else {
            putVarlong(value); // same bytes for the same number
        }
    }

    public final void putVarlong(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            putByte((byte) (rest | 0x80));
            rest >>>= 7;
        }
        putByte((byte) rest);
    }

    public final void putBytes(byte[] bytes, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            int now = room(left);
            page.put(index, bytes, from, now);
            index += now;
            from += now;
            left -= now;
        }
    }

    /** From position to limit, which stay as they are. */
    public final void putBytes(ByteBuffer bytes) {
        int from = bytes.position();
        int left = bytes.remaining();
        while (left > 0) {
            int now = room(left);
            page.put(index, bytes, from, now);
            index += now;
            from += now;
            left -= now;
        }
    }

    final void putNullable(byte @Nullable [] bytes) {
        if (bytes == null) {
            putVarint(-1);
        } else {
            putVarint(bytes.length);
            putBytes(bytes, 0, bytes.length);
        }
    }

    final void putNullable(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            putVarint(-1);
        } else {
            putVarint(bytes.remaining());
            putBytes(bytes);
        }
    }

    final void putText(String text) {
        int size = Utf8.sizeOf(text);
        putVarint(size);
        if (end - index >= size) {
            index = Utf8.put(page, index, text);
        } else {
            putBytes(text.getBytes(StandardCharsets.UTF_8), 0, size);
        }
    }

    private int room(int wanted) {
        if (index == end) {
            advance();
        }
        return Math.min(wanted, end - index);
    }

    private void advance() {
        ByteBuffer next = nextPage();
        if (!next.hasRemaining()) {
            throw new IllegalStateException("The next page has no room");
        }
        doneBytes += end - next.position();
        page = next;
        index = next.position();
        end = next.limit();
    }
}
