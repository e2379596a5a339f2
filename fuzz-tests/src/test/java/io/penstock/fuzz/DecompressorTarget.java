package io.penstock.fuzz;

import io.penstock.wire.WireFormatException;
import io.penstock.wire.compress.CompressionType;
import io.penstock.wire.compress.Decompressors;
import java.nio.ByteBuffer;

/** The bytes of each codec: decompressed within the maximum, or refused. */
public final class DecompressorTarget {
    private static final int MAX_BYTES = 256 * 1024;
    private static final CompressionType[] TYPES = CompressionType.values();
    private static final Decompressors DECOMPRESSORS = new Decompressors();

    private DecompressorTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 1) {
            return;
        }
        CompressionType type = TYPES[(input[0] & 0xff) % TYPES.length];
        ByteBuffer source = ByteBuffer.allocateDirect(input.length - 1)
                .put(input, 1, input.length - 1)
                .flip();
        Allocation.within(64 * 1024 + 8L * MAX_BYTES, () -> decompress(type, source));
    }

    private static void decompress(CompressionType type, ByteBuffer source) {
        try {
            ByteBuffer result = DECOMPRESSORS.of(type).decompress(source, MAX_BYTES);
            if (result.remaining() > MAX_BYTES) {
                throw new AssertionError(type + " decompressed to " + result.remaining());
            }
        } catch (WireFormatException e) {
            // Refused.
        }
        if (source.position() != 0) {
            throw new AssertionError(type + " moved its source");
        }
    }
}
