package io.penstock.fuzz;

import io.penstock.wire.WireFormatException;
import io.penstock.wire.compress.Decompressors;
import io.penstock.wire.record.BatchHeader;
import io.penstock.wire.record.RecordBatchReader;
import io.penstock.wire.record.RecordView;
import java.nio.ByteBuffer;

/** Batches whose length, magic and checksum are right, since no mutation gets past these, and nothing else need be. */
public final class RecordBatchTarget {
    private static final int MAX_BYTES = 1 << 20;
    private static final Decompressors DECOMPRESSORS = new Decompressors();

    private RecordBatchTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < BatchHeader.SIZE_BYTES) {
            return;
        }
        ByteBuffer batch = ByteBuffer.allocateDirect(input.length).put(input).flip();
        batch.putInt(BatchHeader.LENGTH_AT, input.length - BatchHeader.LOG_OVERHEAD_BYTES);
        batch.put(BatchHeader.MAGIC_AT, BatchHeader.MAGIC);
        BatchHeader.sealCrc(new ByteBuffer[] {batch}, 1);
        try {
            RecordBatchReader reader = RecordBatchReader.of(batch, DECOMPRESSORS, MAX_BYTES);
            if (reader.recordsSizeBytes() > MAX_BYTES) {
                throw new AssertionError("decompressed to " + reader.recordsSizeBytes());
            }
            for (RecordView record : reader) {
                if (count(record) != record.headerCount()) {
                    throw new AssertionError("headers");
                }
            }
            RecordBatchReader.split(batch);
        } catch (WireFormatException e) {
            // Refused.
        }
    }

    private static int count(RecordView record) {
        int count = 0;
        for (var ignored : record.headers()) {
            count++;
        }
        return count;
    }
}
