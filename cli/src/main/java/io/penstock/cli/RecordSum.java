package io.penstock.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How many records, and a checksum over them that does not depend on their order.
 *
 * <p>Not thread-safe. Each record gives 64 bits, made of the CRC-32C of its key, of its value and of its headers and of
 * their lengths; the checksum is the sum of these. A record that is lost, doubled or changed in a bit changes it.
 */
final class RecordSum {
    private static final long NULL = -1;

    private final CRC32C crc = new CRC32C();
    private long count;
    private long sum;

    void add(@Nullable ByteBuffer key, @Nullable ByteBuffer value, long headersHash) {
        long hash = mix(hash(key) + 0x9E3779B97F4A7C15L);
        hash = mix(hash ^ hash(value));
        sum += mix(hash ^ headersHash);
        count++;
    }

    /** What {@link #add} wants to know of a record's headers, in order; 0 when there are none. */
    long headersHash(List<NamedBytes> headers) {
        long hash = 0;
        for (NamedBytes header : headers) {
            hash = mix(hash ^ hash(ByteBuffer.wrap(header.name().getBytes(StandardCharsets.UTF_8))));
            hash = mix(hash ^ hash(header.value()));
        }
        return hash;
    }

    private long hash(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return NULL;
        }
        crc.reset();
        crc.update(bytes.duplicate());
        return (long) bytes.remaining() << 32 | crc.getValue();
    }

    /** Spreads every bit over all others (the finalizer of MurmurHash3). */
    private static long mix(long bits) {
        long h = bits;
        h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
        h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 33;
    }

    long count() {
        return count;
    }

    /** The checksum as 16 hexadecimal digits. */
    String checksum() {
        return String.format("%016x", sum);
    }

    boolean sameAs(RecordSum other) {
        return count == other.count && sum == other.sum;
    }

    /** A header. */
    record NamedBytes(String name, @Nullable ByteBuffer value) {}
}
