package io.penstock.producer;

import io.penstock.wire.record.HeaderSource;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The usual {@link Headers}: an array that does not exist until the first header does, since most records have none.
 *
 * <p>Owned by the caller until its record is sent; the producer then makes it read-only and any thread may read it. The three
 * {@code header...(int)} methods let the encoder walk it without an iterator.
 */
public class RecordHeaders implements Headers, HeaderSource {
    private static final Header[] NONE = new Header[0];

    /** Of every record that was sent without any. */
    static final RecordHeaders NONE_SENT = new RecordHeaders();

    static {
        NONE_SENT.setReadOnly();
    }

    private Header[] headers = NONE;
    private int count;
    private volatile boolean readOnly;

    public RecordHeaders() {}

    public RecordHeaders(Header @Nullable [] headers) {
        if (headers != null && headers.length > 0) {
            for (Header header : headers) {
                requireHeader(header);
            }
            this.headers = headers.clone();
            this.count = headers.length;
        }
    }

    /** A copy of the headers given; null counts as none. */
    public RecordHeaders(@Nullable Iterable<Header> headers) {
        if (headers instanceof RecordHeaders other) {
            this.headers = other.count == 0 ? NONE : Arrays.copyOf(other.headers, other.count);
            this.count = other.count;
        } else if (headers != null) {
            for (Header header : headers) {
                append(header);
            }
        }
    }

    @Override
    public Headers add(Header header) throws IllegalStateException {
        requireWritable();
        append(header);
        return this;
    }

    @Override
    public Headers add(String key, byte @Nullable [] value) throws IllegalStateException {
        requireWritable();
        append(new RecordHeader(key, value));
        return this;
    }

    @Override
    public Headers remove(String key) throws IllegalStateException {
        requireWritable();
        requireKey(key);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (!headers[i].key().equals(key)) {
                headers[kept++] = headers[i];
            }
        }
        if (kept < count) {
            headers = kept == 0 ? NONE : Arrays.copyOf(headers, kept);
            count = kept;
        }
        return this;
    }

    @Override
    public @Nullable Header lastHeader(String key) {
        requireKey(key);
        for (int i = count - 1; i >= 0; i--) {
            if (headers[i].key().equals(key)) {
                return headers[i];
            }
        }
        return null;
    }

    @Override
    public Iterable<Header> headers(String key) {
        requireKey(key);
        return () -> new HeaderIterator(key);
    }

    /** In order. {@code remove} is not supported: use {@link #remove(String)}. */
    @Override
    public Iterator<Header> iterator() {
        return new HeaderIterator(null);
    }

    @Override
    public Header[] toArray() {
        return count == 0 ? NONE : Arrays.copyOf(headers, count);
    }

    /** From here on every change throws. There is no way back. */
    public void setReadOnly() {
        if (!readOnly) { // a record sent again, or of no headers: a read is cheaper than a volatile write
            readOnly = true;
        }
    }

    public boolean isReadOnly() {
        return readOnly;
    }

    @Override
    public int headerCount() {
        return count;
    }

    @Override
    public String headerKey(int i) {
        return headers[Objects.checkIndex(i, count)].key();
    }

    @Override
    public byte @Nullable [] headerValue(int i) {
        return headers[Objects.checkIndex(i, count)].value();
    }

    private void append(Header header) {
        requireHeader(header);
        if (count == headers.length) {
            headers = Arrays.copyOf(headers, Math.max(2, count * 2));
        }
        headers[count++] = header;
    }

    private void requireWritable() {
        if (readOnly) {
            throw new IllegalStateException(
                    "the headers are read-only: their record has been sent. Change them before send()"
                            + " or in an interceptor's onSend()");
        }
    }

    private static void requireHeader(@Nullable Header header) {
        Objects.requireNonNull(header, "a header must not be null");
    }

    private static void requireKey(@Nullable String key) {
        if (key == null) {
            throw new IllegalArgumentException("a header's key must not be null");
        }
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof RecordHeaders that && Arrays.equals(headers, 0, count, that.headers, 0, that.count);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < count; i++) {
            hash = 31 * hash + headers[i].hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        return "RecordHeaders(headers = " + Arrays.toString(toArray()) + ", isReadOnly = " + readOnly + ")";
    }

    /** Walks all headers, or only those of one name. */
    private final class HeaderIterator implements Iterator<Header> {
        private final @Nullable String key;
        private int next;

        HeaderIterator(@Nullable String key) {
            this.key = key;
            skip();
        }

        private void skip() {
            while (key != null && next < count && !headers[next].key().equals(key)) {
                next++;
            }
        }

        @Override
        public boolean hasNext() {
            return next < count;
        }

        @Override
        public Header next() {
            if (next >= count) {
                throw new NoSuchElementException();
            }
            Header header = headers[next++];
            skip();
            return header;
        }
    }
}
