package io.penstock.internal.accumulator;

import io.penstock.internal.completion.RecordPromise;
import io.penstock.wire.Segments;
import io.penstock.wire.compress.Decompressors;
import io.penstock.wire.record.BatchHeader;
import io.penstock.wire.record.HeaderSource;
import io.penstock.wire.record.HeaderView;
import io.penstock.wire.record.KeyValue;
import io.penstock.wire.record.RecordBatchReader;
import io.penstock.wire.record.RecordView;
import io.penstock.wire.record.RecordWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes smaller batches of one that the broker found too large.
 *
 * <p>The loop's. Rare, and so free to copy. Takes over the promises and releases the large batch. The small ones lie in
 * pooled pages where there are enough, else for once on the heap: the loop must not wait for memory that only it can free.
 */
public final class BatchSplitter {

    private static final int MAX_RAW_BYTES = Integer.MAX_VALUE - 8;

    private final PagePool pool;
    private final BatchSealer sealer;

    public BatchSplitter(PagePool pool, BatchSealer sealer) {
        this.pool = pool;
        this.sealer = sealer;
    }

    /** The same records in at least two batches, sealed, each about half as large as the old one or smaller. */
    public List<ProducerBatch> split(ProducerBatch batch, TopicQueues topic) {
        Segments bytes = BatchSealer.bytes(batch);
        ByteBuffer copy = ByteBuffer.allocate(bytes.sizeBytes());
        for (int i = 0; i < bytes.count(); i++) {
            copy.put(bytes.get(i));
        }
        RecordBatchReader reader = read(copy.flip());
        int targetBytes = BatchHeader.SIZE_BYTES + reader.recordsSizeBytes() / 2;
        List<ProducerBatch> parts = new ArrayList<>();
        ProducerBatch part = null;
        Iterator<RecordPromise> promises = batch.promises().takeAll().iterator();
        for (RecordView record : reader) {
            RecordPromise promise = promises.next();
            HeaderSource headers = new ReadHeaders(record.headers());
            if (part == null || part.recordCount() > 0 && sizeWith(part, promise, headers) > targetBytes) {
                part = new ProducerBatch(pool, batch.createdNanos(), promise.timestamp());
                parts.add(part);
            }
            append(part, promise, record, headers);
        }
        batch.release();
        for (ProducerBatch each : parts) {
            sealer.seal(each, topic);
        }
        return parts;
    }

    /** Our own bytes need no guard against what they decompress to, which may be a large part of buffer.memory. */
    private static RecordBatchReader read(ByteBuffer bytes) {
        try (Decompressors decompressors = new Decompressors()) {
            return RecordBatchReader.of(bytes, decompressors, MAX_RAW_BYTES);
        }
    }

    private static long sizeWith(ProducerBatch part, RecordPromise promise, HeaderSource headers) {
        int body = part.bodySizeOf(promise, RecordWriter.headersSizeOf(headers));
        return (long) part.sizeBytes() + RecordWriter.sizeOf(body);
    }

    private static void append(ProducerBatch part, RecordPromise promise, RecordView record, HeaderSource headers) {
        int body = part.bodySizeOf(promise, RecordWriter.headersSizeOf(headers));
        int newPages = part.pagesNeeded(RecordWriter.sizeOf(body));
        if (newPages > 0) {
            part.takePagesSomehow(newPages);
        }
        KeyValue keyValue = KeyValue.of(array(record.key()), array(record.value()));
        part.append(body, newPages, promise, keyValue, headers);
    }

    private static byte @Nullable [] array(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return null;
        }
        byte[] array = new byte[bytes.remaining()];
        bytes.get(bytes.position(), array); // the position stays: headers are sized first and read again to be written
        return array;
    }

    private record ReadHeaders(List<HeaderView> views) implements HeaderSource {

        @Override
        public int headerCount() {
            return views.size();
        }

        @Override
        public String headerKey(int index) {
            return views.get(index).key();
        }

        @Override
        public byte @Nullable [] headerValue(int index) {
            return array(views.get(index).value());
        }
    }
}
