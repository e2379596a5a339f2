package io.penstock.testkit.fake;

import io.penstock.wire.compress.Decompressors;
import io.penstock.wire.record.RecordBatchReader;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks into batches, each with the decompressors that the last one left behind: to make them, and the arrays they fill, takes longer
 * than to read a small batch. Any thread; one set at most is kept, and none that has seen a large batch.
 */
final class BatchWalk {

    private static final int MAX_KEPT_BYTES = 1024 * 1024;

    private static final AtomicReference<@Nullable Decompressors> SPARE = new AtomicReference<>();

    private BatchWalk() {}

    /**
     * Opens a batch for as long as {@code look} takes; its records are gone then.
     *
     * @throws io.penstock.wire.WireFormatException when the bytes are not one whole, undamaged batch
     */
    static void through(ByteBuffer batch, Consumer<RecordBatchReader> look) {
        Decompressors spare = SPARE.getAndSet(null);
        Decompressors decompressors = spare == null ? new Decompressors() : spare;
        boolean keep = false;
        try {
            RecordBatchReader reader =
                    RecordBatchReader.of(batch, decompressors, RecordBatchReader.DEFAULT_MAX_SIZE_BYTES);
            keep = reader.recordsSizeBytes() <= MAX_KEPT_BYTES;
            look.accept(reader);
        } finally {
            Decompressors surplus = keep ? SPARE.getAndSet(decompressors) : decompressors;
            if (surplus != null) {
                surplus.close();
            }
        }
    }
}
