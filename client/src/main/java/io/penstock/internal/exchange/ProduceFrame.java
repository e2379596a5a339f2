package io.penstock.internal.exchange;

import io.penstock.internal.sender.OutboundBatch;
import io.penstock.internal.sender.ProducePlan;
import io.penstock.wire.message.ApiKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
 * <p>The loop's. A large batch is sent as it lies in its pages. A small one is copied: two more buffers in a system call cost more
 * than its bytes, and with one record in each of 10,000 partitions they were most of the sending. What is copied lies in at least a
 * page of {@code buffer.memory} each, four times as large. Same bytes as the message {@code ProduceRequest}, which it stands in for
 * because that makes eight objects a batch.
 *
 * @see <a href="https://kafka.apache.org/protocol#The_Messages_Produce">Kafka: Produce</a>
 */
final class ProduceFrame {

    /** Copied up to here. By measurement: about where a copy costs what two more buffers do. */
    static final int COPIED_BATCH_BYTES = 1024;

    private static final short FLEXIBLE_VERSION = 9;
    private static final short TOPIC_ID_VERSION = 13;
    private static final int MAX_VARINT_BYTES = 5;

    /** Size, header and the body's head without strings, and its ends. */
    private static final int FIXED_BYTES = 64;

    /** Index, length and tags of a partition. */
    private static final int PARTITION_BYTES = 4 + MAX_VARINT_BYTES + 1;

    private final short version;
    private final boolean flexible;
    private final ByteBuffer own;
    private final List<ByteBuffer> pieces = new ArrayList<>(4);
    private int from;
    private int splicedBytes;

    private ProduceFrame(short version, ByteBuffer own) {
        this.version = version;
        this.flexible = version >= FLEXIBLE_VERSION;
        this.own = own;
    }

    /**
     * The frame in the order of {@code topics}.
     *
     * @param buffer cleared, with at least {@link #ownBytes}
     */
    static ByteBuffer[] encode(
            ProducePlan plan, List<TopicBatches> topics, RequestHead head, Names names, ByteBuffer buffer) {
        ProduceFrame frame = new ProduceFrame(head.version(), buffer);
        frame.head(plan, head, names);
        frame.length(topics.size());
        for (TopicBatches topic : topics) {
            frame.topic(topic, plan.batches());
        }
        frame.tags();
        return frame.finish();
    }

    /** The most that a frame takes beside the batches that are not copied. */
    static long ownBytes(ProducePlan plan, List<TopicBatches> topics, Names names) {
        long bytes = FIXED_BYTES + names.sizeBytes();
        for (TopicBatches topic : topics) {
            bytes += 2L * Long.BYTES + 3L * topic.name().length() + 2 * MAX_VARINT_BYTES + 1;
        }
        for (OutboundBatch batch : plan.batches()) {
            bytes += PARTITION_BYTES + (isCopied(batch) ? batch.sizeBytes() : 0);
        }
        return bytes;
    }

    private static boolean isCopied(OutboundBatch batch) {
        return batch.sizeBytes() <= COPIED_BATCH_BYTES;
    }

    private void head(ProducePlan plan, RequestHead head, Names names) {
        own.putInt(0); // the size, once it is known
        own.putShort(ApiKey.PRODUCE.id()).putShort(version).putInt(head.correlationId());
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

    private ByteBuffer[] finish() {
        closePiece();
        own.putInt(0, own.position() + splicedBytes - Integer.BYTES);
        return pieces.toArray(new ByteBuffer[0]);
    }

    /** What a request is known by. */
    record RequestHead(short version, int correlationId) {}

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
    record TopicBatches(String name, @Nullable UUID id, int from, int to) {}
}
