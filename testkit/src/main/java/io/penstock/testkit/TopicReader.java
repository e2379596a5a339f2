package io.penstock.testkit;

import io.penstock.testkit.message.FetchRequest;
import io.penstock.testkit.message.FetchResponse;
import io.penstock.testkit.message.ListOffsetsRequest;
import io.penstock.testkit.message.ListOffsetsResponse;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.Segments;
import io.penstock.wire.WireFormatException;
import io.penstock.wire.compress.Decompressors;
import io.penstock.wire.message.MetadataResponse;
import io.penstock.wire.record.RecordBatchReader;
import io.penstock.wire.record.RecordView;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reads a topic back through the protocol, to see what really arrived.
 *
 * <p>Not thread-safe, blocking, without groups or positions: the caller says from which offset to which. It speaks to
 * plaintext listeners only. Records of aborted transactions are read like all others; markers are left out.
 *
 * <pre>{@code
 * try (TopicReader reader = TopicReader.connect("localhost:9092")) {
 *     long[] ends = reader.endOffsets("history");
 *     for (int p = 0; p < ends.length; p++) {
 *         reader.read("history", p, 0, ends[p], (partition, record) -> count++);
 *     }
 * }
 * }</pre>
 */
public final class TopicReader implements AutoCloseable {
    private static final long LATEST = -1;
    private static final int MAX_WAIT_MILLIS = 500;
    private static final int FETCH_BYTES = 4 * 1024 * 1024;
    private static final int MAX_EMPTY_FETCH_COUNT = 20;

    private final ClusterConnections cluster;
    private final Decompressors decompressors = new Decompressors();

    private TopicReader(ClusterConnections cluster) {
        this.cluster = cluster;
    }

    /** What is told of every record that is read. */
    @FunctionalInterface
    public interface RecordVisitor {

        /** The record's bytes are valid until this method returns. */
        void onRecord(int partition, RecordView record);
    }

    /**
     * Connects to a cluster.
     *
     * @param bootstrapServers hosts and ports, separated by commas
     * @throws EmbeddedKafkaException if none of them answers as a broker does, within 10 s each to connect
     */
    public static TopicReader connect(String bootstrapServers) {
        return new TopicReader(ClusterConnections.open(bootstrapServers));
    }

    /** How many partitions the topic has; 0 when it does not exist. Never creates it. */
    public int partitionCount(String topic) {
        MetadataResponse.MetadataResponseTopic found = cluster.describe(topic);
        if (found == null || found.errorCode() == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code()) {
            return 0;
        }
        ErrorCode error = ErrorCode.forCode(found.errorCode());
        if (error == ErrorCode.INVALID_TOPIC_EXCEPTION) {
            throw new EmbeddedKafkaException("\"" + topic + "\" cannot be a topic's name: it takes 1 to 249 of the"
                    + " letters a-z and A-Z, digits, and the characters . _ -");
        }
        if (error != ErrorCode.NONE && !error.retriable()) {
            throw new EmbeddedKafkaException("cannot look up topic \"" + topic + "\": " + error);
        }
        return found.partitions().size();
    }

    /** For each partition the offset that its next record will have; empty when the topic does not exist. */
    public long[] endOffsets(String topic) {
        int count = partitionCount(topic);
        long[] ends = new long[count];
        for (int partition = 0; partition < count; partition++) {
            int index = partition;
            ends[partition] = cluster.settled(topic, () -> endOffset(topic, index));
        }
        return ends;
    }

    private long endOffset(String topic, int partition) {
        ListOffsetsRequest request = new ListOffsetsRequest()
                .replicaId(-1)
                .topics(List.of(new ListOffsetsRequest.ListOffsetsTopic()
                        .name(topic)
                        .partitions(List.of(new ListOffsetsRequest.ListOffsetsPartition()
                                .partitionIndex(partition)
                                .timestamp(LATEST)))));
        ListOffsetsResponse answer = cluster.askNode(
                cluster.leader(topic, partition), WireApi.LIST_OFFSETS, request, new ListOffsetsResponse());
        ListOffsetsResponse.ListOffsetsPartitionResponse found =
                answer.topics().get(0).partitions().get(0);
        ClusterConnections.check(found.errorCode(), "cannot look up the end of " + topic + "-" + partition);
        return found.offset();
    }

    /**
     * Reads the records with offsets from {@code from} up to but not including {@code to}, in order.
     *
     * @throws EmbeddedKafkaException if the partition ends before {@code to}, or holds what is not a record batch
     */
    public void read(String topic, int partition, long from, long to, RecordVisitor visitor) {
        int emptyFetches = 0;
        long next = from;
        while (next < to) {
            long offset = next;
            ByteBuffer bytes = cluster.settled(topic, () -> fetch(topic, partition, offset));
            long reached = visit(topic, partition, bytes, next, to, visitor);
            if (reached > next) {
                next = reached;
                emptyFetches = 0;
            } else if (++emptyFetches >= MAX_EMPTY_FETCH_COUNT) {
                throw new EmbeddedKafkaException(topic + "-" + partition + " gave nothing from offset " + next
                        + " on, in " + emptyFetches + " fetches, although it should reach " + to);
            }
        }
    }

    private ByteBuffer fetch(String topic, int partition, long offset) {
        FetchRequest request = new FetchRequest()
                .replicaId(-1)
                .maxWaitMs(MAX_WAIT_MILLIS)
                .minBytes(1)
                .maxBytes(FETCH_BYTES)
                .topics(List.of(new FetchRequest.FetchTopic()
                        .topic(topic)
                        .partitions(List.of(new FetchRequest.FetchPartition()
                                .partition(partition)
                                .fetchOffset(offset)
                                .partitionMaxBytes(FETCH_BYTES)))));
        FetchResponse answer =
                cluster.askNode(cluster.leader(topic, partition), WireApi.FETCH, request, new FetchResponse());
        ClusterConnections.check(answer.errorCode(), "cannot read " + topic + "-" + partition);
        if (answer.responses().isEmpty()) {
            return ByteBuffer.allocate(0);
        }
        FetchResponse.PartitionData data =
                answer.responses().get(0).partitions().get(0);
        ClusterConnections.check(data.errorCode(), "cannot read " + topic + "-" + partition + " at offset " + offset);
        Segments records = data.records();
        return records == null ? ByteBuffer.allocate(0) : records.toContiguous();
    }

    private long visit(String topic, int partition, ByteBuffer bytes, long from, long to, RecordVisitor visitor) {
        long next = from;
        try {
            for (ByteBuffer batch : RecordBatchReader.split(bytes)) {
                RecordBatchReader reader =
                        RecordBatchReader.of(batch, decompressors, RecordBatchReader.DEFAULT_MAX_SIZE_BYTES);
                if (!reader.fields().isControl()) {
                    visit(partition, reader, next, to, visitor);
                }
                next = Math.max(next, reader.fields().lastOffset() + 1);
            }
        } catch (WireFormatException e) {
            throw new EmbeddedKafkaException(
                    topic + "-" + partition + " holds a damaged batch at or after offset " + next + ": "
                            + e.getMessage(),
                    e);
        }
        return next;
    }

    private static void visit(int partition, RecordBatchReader batch, long from, long to, RecordVisitor visitor) {
        for (RecordView record : batch) {
            if (record.offset() >= from && record.offset() < to) {
                visitor.onRecord(partition, record);
            }
        }
    }

    @Override
    public void close() {
        decompressors.close();
        cluster.close();
    }
}
