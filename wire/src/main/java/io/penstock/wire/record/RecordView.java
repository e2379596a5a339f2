package io.penstock.wire.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of a batch that was read.
 *
 * <p>Immutable, but a view: key, value and header values lie in the batch's bytes and are valid as long as those are. All
 * lengths have been checked; headers become objects only when asked for.
 */
public final class RecordView {

    private final long offset;
    private final long timestamp;
    private final @Nullable ByteBuffer key;
    private final @Nullable ByteBuffer value;
    private final int headerCount;
    private final ByteBuffer headers;

    RecordView(
            long offset,
            long timestamp,
            @Nullable ByteBuffer key,
            @Nullable ByteBuffer value,
            int headerCount,
            ByteBuffer headers) {
        this.offset = offset;
        this.timestamp = timestamp;
        this.key = key;
        this.value = value;
        this.headerCount = headerCount;
        this.headers = headers;
    }

    public long offset() {
        return offset;
    }

    /** Milliseconds since 1970: the record's own, or the broker's append time for all records of a LOG_APPEND_TIME batch. */
    public long timestamp() {
        return timestamp;
    }

    /** A read-only view of its own, from position to limit. */
    public @Nullable ByteBuffer key() {
        return key == null ? null : key.duplicate();
    }

    /** A read-only view of its own, from position to limit. */
    public @Nullable ByteBuffer value() {
        return value == null ? null : value.duplicate();
    }

    public int headerCount() {
        return headerCount;
    }

    /** All headers in order, decoded anew at every call. */
    public List<HeaderView> headers() {
        if (headerCount == 0) {
            return List.of();
        }
        List<HeaderView> list = new ArrayList<>(headerCount);
        ByteBuffer in = headers.duplicate();
        for (int i = 0; i < headerCount; i++) {
            byte[] name = new byte[Varints.readVarint(in)];
            in.get(name);
            list.add(new HeaderView(
                    new String(name, StandardCharsets.UTF_8), RecordBatchReader.nullableSlice(in, "header value")));
        }
        return list;
    }
}
