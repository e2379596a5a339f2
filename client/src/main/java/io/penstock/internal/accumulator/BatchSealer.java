package io.penstock.internal.accumulator;

import io.penstock.wire.Segments;
import io.penstock.wire.compress.CompressionType;
import io.penstock.wire.compress.Compressor;
import io.penstock.wire.record.BatchHeader;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a batch that was taken from its queue into the bytes that are sent.
 *
 * <p>The loop's. Compresses in one shot into the codec's own buffer and copies the result back over the raw records, so
 * that compression needs no page of its own and cannot wait for memory; a batch that would not become smaller stays as it
 * is, which Kafka allows batch by batch.
 */
public final class BatchSealer implements AutoCloseable {

    private final @Nullable Compressor compressor;
    private final boolean transactional;

    /** @param compressor null for none */
    public BatchSealer(@Nullable Compressor compressor) {
        this(compressor, false);
    }

    /** @param transactional whether every batch is part of a transaction */
    public BatchSealer(@Nullable Compressor compressor, boolean transactional) {
        this.compressor = compressor;
        this.transactional = transactional;
    }

    /** Compresses and writes the header, all but the producer's identity. */
    public void seal(ProducerBatch batch, TopicQueues topic) {
        batch.finish();
        CompressionType type = CompressionType.NONE;
        if (compressor != null && compress(batch, topic, compressor)) {
            type = compressor.type();
        }
        Page first = batch.page(0);
        BatchHeader.writeOfProducer(
                first.slab(), first.offset(), batch.sizeBytes(), BatchHeader.attributes(type, transactional));
        BatchHeader.putRecords(
                first.slab(), first.offset(), batch.recordCount(), batch.baseTimestamp(), batch.maxTimestamp());
    }

    /** Puts the identity into the header and closes it with the CRC; may be done again before every attempt. */
    public static void stamp(ProducerBatch batch, long producerId, short producerEpoch, int baseSequence) {
        Page first = batch.page(0);
        BatchHeader.putProducer(first.slab(), first.offset(), producerId, producerEpoch, baseSequence);
        if (batch.sizeBytes() == first.usedBytes() && batch.sizeBytes() <= first.sizeBytes()) {
            // One page: its own view of the memory, which nobody else reads from, saves three objects a batch.
            BatchHeader.sealCrc(first.buffer().limit(batch.sizeBytes()));
            first.buffer().clear();
            return;
        }
        ByteBuffer[] buffers = buffers(batch, 0);
        BatchHeader.sealCrc(buffers, buffers.length);
    }

    /** Puts the sealed batch's bytes at the buffer's position. */
    public static void copy(ProducerBatch batch, ByteBuffer target) {
        for (int head = 0; head < batch.pageCount(); head = batch.nextRun(head)) {
            Page run = batch.page(head);
            target.put(target.position(), run.slab(), run.offset(), run.usedBytes());
            target.position(target.position() + run.usedBytes());
        }
    }

    /** Adds views of the sealed batch's bytes, as they lie in its pages. */
    public static void addTo(ProducerBatch batch, List<ByteBuffer> pieces) {
        Collections.addAll(pieces, buffers(batch, 0));
    }

    /** The sealed batch's bytes, as they lie in its pages. */
    public static Segments bytes(ProducerBatch batch) {
        return Segments.of(buffers(batch, 0));
    }

    private static boolean compress(ProducerBatch batch, TopicQueues topic, Compressor compressor) {
        ByteBuffer[] raw = buffers(batch, BatchHeader.SIZE_BYTES);
        int rawBytes = batch.sizeBytes() - BatchHeader.SIZE_BYTES;
        ByteBuffer small = compressor.compress(raw, 0, raw.length);
        int smallBytes = small.remaining();
        topic.onCompressed(rawBytes, smallBytes);
        if (smallBytes >= rawBytes) {
            return false;
        }
        int head = 0;
        int at = BatchHeader.SIZE_BYTES;
        while (true) {
            Page run = batch.page(head);
            int now = Math.min(small.remaining(), run.runBytes() - at);
            run.slab().put(run.offset() + at, small, small.position(), now);
            small.position(small.position() + now);
            at += now;
            run.usedBytes(at);
            if (!small.hasRemaining()) {
                break;
            }
            head = batch.nextRun(head);
            at = 0;
        }
        int pageBytes = batch.page(head).sizeBytes();
        batch.shrinkTo(head + (at + pageBytes - 1) / pageBytes, BatchHeader.SIZE_BYTES + smallBytes);
        return true;
    }

    /** The used part of each run of pages, the first one from {@code from}. */
    private static ByteBuffer[] buffers(ProducerBatch batch, int from) {
        ByteBuffer[] buffers = new ByteBuffer[batch.runCount()];
        int head = 0;
        for (int i = 0; i < buffers.length; i++) {
            Page run = batch.page(head);
            int start = i == 0 ? from : 0;
            buffers[i] = run.slab().slice(run.offset() + start, run.usedBytes() - start);
            head = batch.nextRun(head);
        }
        return buffers;
    }

    @Override
    public void close() {
        if (compressor != null) {
            compressor.close();
        }
    }
}
