package io.penstock.wire.record;

import io.penstock.wire.compress.CompressionType;
import io.penstock.wire.compress.Compressor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Builds batches for tests as a producer does: in direct pages, by the fast way and across pages, sealed with a CRC. */
final class PagedBatch extends PageCursor {

    private final int pageBytes;
    private final List<ByteBuffer> pages = new ArrayList<>();
    private int index = BatchHeader.SIZE_BYTES;
    int spanningCount;

    PagedBatch(int pageBytes) {
        this.pageBytes = pageBytes;
        pages.add(ByteBuffer.allocateDirect(Math.max(pageBytes, BatchHeader.SIZE_BYTES)));
    }

    /** Identity and flags of a batch; the rest follows from the records. */
    record Identity(long producerId, short epoch, int sequence, boolean transactional) {
        static final Identity NONE = new Identity(-1, (short) -1, -1, false);
    }

    static ByteBuffer build(List<SampleRecord> records, int pageBytes, Compressor compressor, Identity identity) {
        PagedBatch batch = new PagedBatch(pageBytes);
        long base = records.get(0).timestamp();
        long max = Long.MIN_VALUE;
        for (int i = 0; i < records.size(); i++) {
            batch.append(records.get(i), i, records.get(i).timestamp() - base, i % 2 == 0);
            max = Math.max(max, records.get(i).timestamp());
        }
        return batch.seal(compressor, identity, records.size(), base, max);
    }

    void append(SampleRecord r, int offsetDelta, long timestampDelta, boolean asBuffers) {
        int body = RecordWriter.bodySizeOf(offsetDelta, timestampDelta, r.keySize(), r.valueSize(), r.headersSize());
        ByteBuffer page = pages.get(pages.size() - 1);
        ByteBuffer key = r.key() == null ? null : ByteBuffer.wrap(r.key());
        ByteBuffer value = r.value() == null ? null : ByteBuffer.wrap(r.value());
        if (RecordWriter.sizeOf(body) <= page.capacity() - index) {
            index = asBuffers
                    ? RecordWriter.write(page, index, body, offsetDelta, timestampDelta, key, value, r)
                    : RecordWriter.write(
                            page, index, body, offsetDelta, timestampDelta, KeyValue.of(r.key(), r.value()), r);
            return;
        }
        spanningCount++;
        start(page, index, page.capacity());
        if (asBuffers) {
            RecordWriter.write(this, body, offsetDelta, timestampDelta, key, value, r);
        } else {
            RecordWriter.write(this, body, offsetDelta, timestampDelta, KeyValue.of(r.key(), r.value()), r);
        }
        index = index();
    }

    @Override
    protected ByteBuffer nextPage() {
        pages.add(ByteBuffer.allocateDirect(pageBytes));
        return pages.get(pages.size() - 1);
    }

    private ByteBuffer seal(Compressor compressor, Identity identity, int count, long base, long max) {
        pages.get(pages.size() - 1).limit(index);
        ByteBuffer[] out = pages.toArray(ByteBuffer[]::new);
        if (compressor.type() != CompressionType.NONE) {
            out[0].position(BatchHeader.SIZE_BYTES);
            ByteBuffer compressed = compressor.compress(out, 0, out.length);
            out = new ByteBuffer[] {ByteBuffer.allocateDirect(BatchHeader.SIZE_BYTES), compressed};
        }
        int size = 0;
        for (ByteBuffer page : out) {
            size += page.remaining();
        }
        short attributes = BatchHeader.attributes(compressor.type(), identity.transactional());
        BatchFields fields = BatchFields.ofProducer(size, attributes, count, base, max)
                .withProducer(identity.producerId(), identity.epoch(), identity.sequence());
        BatchHeader.write(out[0], 0, fields);
        BatchHeader.sealCrc(out, out.length);
        ByteBuffer whole = ByteBuffer.allocate(size);
        for (ByteBuffer page : out) {
            whole.put(page.duplicate());
        }
        return whole.flip();
    }
}
