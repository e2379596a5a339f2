package io.penstock.internal.accumulator;

import io.penstock.wire.record.HeaderSource;
import io.penstock.wire.record.PageCursor;
import io.penstock.wire.record.RecordWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one record over the end of a batch's last page into the pages taken for it.
 *
 * <p>Used under the partition queue's lock, for records too large for what is left of a page.
 */
final class PageSpan extends PageCursor {

    private final ProducerBatch batch;

    PageSpan(ProducerBatch batch) {
        this.batch = batch;
        Page tail = batch.tail();
        start(tail.buffer(), tail.usedBytes(), tail.buffer().capacity());
    }

    void write(
            int bodySizeBytes,
            int offsetDelta,
            long timestampDelta,
            byte @Nullable [] key,
            byte @Nullable [] value,
            HeaderSource headers) {
        RecordWriter.write(this, bodySizeBytes, offsetDelta, timestampDelta, key, value, headers);
        batch.tail().usedBytes(index());
    }

    @Override
    protected ByteBuffer nextPage() {
        Page full = batch.tail();
        full.usedBytes(full.buffer().capacity());
        batch.openNextPage();
        return batch.tail().buffer();
    }
}
