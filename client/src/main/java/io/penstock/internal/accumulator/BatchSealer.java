package io.penstock.internal.accumulator;

import io.penstock.wire.Segments;
import io.penstock.wire.compress.CompressionType;
import io.penstock.wire.compress.Compressor;
import io.penstock.wire.record.BatchFields;
import io.penstock.wire.record.BatchHeader;
import java.nio.ByteBuffer;
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

    /** @param compressor null for none */
    public BatchSealer(@Nullable Compressor compressor) {
        this.compressor = compressor;
    }

    /** Compresses and writes the header, all but the producer's identity. */
    public void seal(ProducerBatch batch, TopicQueues topic) {
        CompressionType type = CompressionType.NONE;
        if (compressor != null && compress(batch, topic, compressor)) {
            type = compressor.type();
        }
        BatchHeader.write(
                batch.page(0).buffer(),
                0,
                BatchFields.ofProducer(
                        batch.sizeBytes(),
                        BatchHeader.attributes(type, false),
                        batch.recordCount(),
                        batch.baseTimestamp(),
                        batch.maxTimestamp()));
    }

    /** Puts the identity into the header and closes it with the CRC; may be done again before every attempt. */
    public static void stamp(ProducerBatch batch, long producerId, short producerEpoch, int baseSequence) {
        BatchHeader.putProducer(batch.page(0).buffer(), 0, producerId, producerEpoch, baseSequence);
        ByteBuffer[] buffers = buffers(batch, 0);
        BatchHeader.sealCrc(buffers, buffers.length);
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
        int page = 0;
        int at = BatchHeader.SIZE_BYTES;
        while (small.hasRemaining()) {
            if (at == batch.page(page).buffer().capacity()) {
                page++;
                at = 0;
            }
            ByteBuffer target = batch.page(page).buffer();
            int now = Math.min(small.remaining(), target.capacity() - at);
            target.put(at, small, small.position(), now);
            small.position(small.position() + now);
            at += now;
            batch.page(page).usedBytes(at);
        }
        batch.shrinkTo(page + 1, BatchHeader.SIZE_BYTES + smallBytes);
        return true;
    }

    /** The used part of each page, the first one from {@code from}. */
    private static ByteBuffer[] buffers(ProducerBatch batch, int from) {
        ByteBuffer[] buffers = new ByteBuffer[batch.pageCount()];
        for (int i = 0; i < buffers.length; i++) {
            Page page = batch.page(i);
            int start = i == 0 ? from : 0;
            buffers[i] = page.buffer().slice(start, page.usedBytes() - start);
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
