package io.penstock.internal.exchange;

import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.cluster.TopicView;
import io.penstock.internal.sender.OutboundBatch;
import io.penstock.internal.sender.ProducePlan;
import io.penstock.wire.message.ApiKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A produce request, written straight into one direct buffer, for as many batches as there are.
 *
 * <pre>
 *   size | header v1/v2 | transactional id | acks | timeout | [ topic | [ index | records ] ]
 *
 *   own bytes   [ size .. index, length | small batch | index, length ][ index, length ] ..
 *   splices                                                            ^ pages of a large batch
 * </pre>
 *
 * <p>The loop's; one for all requests, written one after the other. A large batch is sent as it lies in its pages. A small one is
 * copied: two more buffers in a system call cost more than its bytes, and with one record in each of 10,000 partitions they were most
 * of the sending. What is copied lies in at least a quarter of a page of {@code buffer.memory} each, twice as large, so that copies are
 * bounded as well. Same bytes as the message {@code ProduceRequest}, which it stands in for because that makes eight objects a batch.
 *
 * @see <a href="https://kafka.apache.org/protocol#The_Messages_Produce">Kafka: Produce</a>
 */
final class ProduceFrame {

    /** Copied up to here: half of the quarter of a page that a batch has at least. By measurement twice that is no cheaper. */
    static final int COPIED_BATCH_BYTES = 512;

    private static final short FLEXIBLE_VERSION = 9;
    private static final short TOPIC_ID_VERSION = 13;
    private static final int MAX_VARINT_BYTES = 5;

    /** Size, header and the body's head without strings, and its ends. */
    private static final int FIXED_BYTES = 64;

    /** Index, length and tags of a partition. */
    private static final int PARTITION_BYTES = 4 + MAX_VARINT_BYTES + 1;

    private final Names names;
    private final List<ByteBuffer> pieces = new ArrayList<>(4);
    private short version;
    private boolean flexible;
    private ByteBuffer own = ByteBuffer.allocate(0);
    private int from;
    private int splicedBytes;

    ProduceFrame(Names names) {
        this.names = names;
    }

    /**
     * The frame in the order of {@code topics}: what it was given where that holds all of it.
     *
     * @param buffer cleared, with at least {@link #ownBytes}
     */
    ByteBuffer[] encode(
            ProducePlan plan, List<TopicBatches> topics, short produceVersion, int correlationId, ByteBuffer[] buffer) {
        version = produceVersion;
        flexible = version >= FLEXIBLE_VERSION;
        own = buffer[0];
        from = 0;
        splicedBytes = 0;
        pieces.clear(); // of one that failed half-way
        head(plan, correlationId);
        length(topics.size());
        for (int i = 0; i < topics.size(); i++) {
            topic(topics.get(i), plan.batches());
        }
        tags();
        own.putInt(0, own.position() + splicedBytes - Integer.BYTES);
        if (splicedBytes == 0) {
            own.flip();
            return buffer;
        }
        closePiece();
        ByteBuffer[] frame = pieces.toArray(new ByteBuffer[0]);
        pieces.clear();
        return frame;
    }

    /** The most that a frame takes beside the batches that are not copied. */
    long ownBytes(ProducePlan plan, List<TopicBatches> topics) {
        long bytes = FIXED_BYTES + names.sizeBytes();
        for (int i = 0; i < topics.size(); i++) {
            bytes += 2L * Long.BYTES + 3L * topics.get(i).name().length() + 2 * MAX_VARINT_BYTES + 1;
        }
        for (int i = 0; i < plan.batches().size(); i++) {
            OutboundBatch batch = plan.batches().get(i);
            bytes += PARTITION_BYTES + (isCopied(batch) ? batch.sizeBytes() : 0);
        }
        return bytes;
    }

    private static boolean isCopied(OutboundBatch batch) {
        return batch.sizeBytes() <= COPIED_BATCH_BYTES;
    }

    private void head(ProducePlan plan, int correlationId) {
        own.putInt(0); // the size, once it is known
        own.putShort(ApiKey.PRODUCE.id()).putShort(version).putInt(correlationId);
        own.putShort((short) names.clientId().length).put(names.clientId());
        tags();
        transactionalId(names.transactionalId());
        own.putShort(plan.acks()).putInt(plan.timeoutMillis());
    }

    private void transactionalId(byte @Nullable [] id) {
        if (id != null) {
            name(id);
        } else if (flexible) {
            own.put((byte) 0);
        } else {
            own.putShort((short) -1);
        }
    }

    private void topic(TopicBatches topic, List<OutboundBatch> batches) {
        UUID id = topic.id();
        if (version >= TOPIC_ID_VERSION && id != null) {
            own.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        } else {
            name(topic.name().getBytes(StandardCharsets.UTF_8));
        }
        length(topic.to() - topic.from());
        for (int i = topic.from(); i < topic.to(); i++) {
            partition(batches.get(i));
        }
        tags();
    }

    private void name(byte[] bytes) {
        if (flexible) {
            unsignedVarint(bytes.length + 1);
        } else {
            own.putShort((short) bytes.length);
        }
        own.put(bytes);
    }

    private void partition(OutboundBatch batch) {
        own.putInt(batch.partition());
        length(batch.sizeBytes());
        if (isCopied(batch)) {
            batch.copyTo(own);
        } else {
            closePiece();
            batch.addTo(pieces);
            splicedBytes += batch.sizeBytes();
        }
        tags();
    }

    private void length(int count) {
        if (flexible) {
            unsignedVarint(count + 1);
        } else {
            own.putInt(count);
        }
    }

    private void unsignedVarint(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            own.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        own.put((byte) rest);
    }

    private void tags() {
        if (flexible) {
            own.put((byte) 0);
        }
    }

    private void closePiece() {
        if (own.position() > from) {
            pieces.add(own.slice(from, own.position() - from));
            from = own.position();
        }
    }

    /**
     * What every request of one producer says of it, in UTF-8.
     *
     * @param transactionalId null without transactions
     */
    record Names(byte[] clientId, byte @Nullable [] transactionalId) {

        static Names of(String clientId, @Nullable String transactionalId) {
            return new Names(
                    clientId.getBytes(StandardCharsets.UTF_8),
                    transactionalId == null ? null : transactionalId.getBytes(StandardCharsets.UTF_8));
        }

        int sizeBytes() {
            return clientId.length + (transactionalId == null ? 0 : transactionalId.length + MAX_VARINT_BYTES);
        }
    }

    /**
     * The batches of one topic in a plan, which follow one another there.
     *
     * @param id null when the broker is too old to have given one
     * @param from index of the first
     * @param to index after the last
     */
    record TopicBatches(String name, @Nullable UUID id, int from, int to) {

        /** Whether these batches, next to one another by topic, are what it would be made for anew. */
        boolean isOf(List<OutboundBatch> batches, ClusterView view) {
            return to == batches.size()
                    && batches.get(0).topic().equals(name)
                    && batches.get(to - 1).topic().equals(name)
                    && Objects.equals(idOf(view.topic(name), batches.get(0)), id);
        }

        /** That of a topic that is not in view at the moment stays: by name alone a batch could come to a newer one. */
        static @Nullable UUID idOf(@Nullable TopicView topic, OutboundBatch batch) {
            return topic == null ? batch.topicId() : topic.id();
        }
    }
}
