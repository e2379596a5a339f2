package io.penstock.internal.accumulator;

import io.penstock.wire.record.HeaderSource;
import io.penstock.wire.record.KeyValue;
import io.penstock.wire.record.PageCursor;
import io.penstock.wire.record.RecordWriter;
import java.nio.ByteBuffer;

/**
 * Writes one record into a batch's runs of pages, over the end of one into the next, and never beyond.
 *
 * <p>Used under the partition queue's lock, for records too large for what is left of a run, and those with headers.
 */
final class PageSpan extends PageCursor {

    private final ProducerBatch batch;

    PageSpan(ProducerBatch batch) {
        this.batch = batch;
        Page tail = batch.tail();
        ByteBuffer run = tail.slab().slice(tail.offset(), tail.runBytes());
        start(run, tail.usedBytes(), run.capacity());
    }

    void write(int bodySizeBytes, int offsetDelta, long timestampDelta, KeyValue keyValue, HeaderSource headers) {
        RecordWriter.write(this, bodySizeBytes, offsetDelta, timestampDelta, keyValue, headers);
        batch.tail().usedBytes(index());
    }

    @Override
    protected ByteBuffer nextPage() {
        Page full = batch.tail();
        full.usedBytes(full.runBytes());
        batch.openNextRun();
        Page next = batch.tail();
        return next.slab().slice(next.offset(), next.runBytes());
    }
}
