package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.Segments;
import io.penstock.wire.message.AddOffsetsToTxnRequest;
import io.penstock.wire.message.AddOffsetsToTxnResponse;
import io.penstock.wire.message.AddPartitionsToTxnRequest;
import io.penstock.wire.message.AddPartitionsToTxnRequest.AddPartitionsToTxnTopic;
import io.penstock.wire.message.AddPartitionsToTxnResponse;
import io.penstock.wire.message.EndTxnRequest;
import io.penstock.wire.message.EndTxnResponse;
import io.penstock.wire.message.InitProducerIdRequest;
import io.penstock.wire.message.InitProducerIdResponse;
import io.penstock.wire.message.ProduceRequest;
import io.penstock.wire.message.ProduceRequest.PartitionProduceData;
import io.penstock.wire.message.ProduceRequest.TopicProduceData;
import io.penstock.wire.message.ProduceResponse;
import io.penstock.wire.message.TxnOffsetCommitRequest;
import io.penstock.wire.message.TxnOffsetCommitRequest.TxnOffsetCommitRequestPartition;
import io.penstock.wire.message.TxnOffsetCommitRequest.TxnOffsetCommitRequestTopic;
import io.penstock.wire.message.TxnOffsetCommitResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/**
 * Requests of a transactional producer, one by one, against whatever broker is at the other end, and a line for each answer.
 *
 * <p>Producer ids are written as the order in which they were given out, so that the lines of two brokers can be compared. What
 * is answered with CONCURRENT_TRANSACTIONS, or before a coordinator is ready, is asked again.
 */
final class TransactionScript {

    private static final int MAX_ATTEMPTS = 2_000;
    private static final long PAUSE_MILLIS = 5;

    private final RawConnection connection;
    private final List<String> lines = new ArrayList<>();
    private final List<Long> knownIds = new ArrayList<>();
    private final String prefix;
    long producerId = -1;
    short epoch = -1;

    /** @param prefix of transactional ids and groups, so that scripts do not meet */
    TransactionScript(RawConnection connection, String prefix) {
        this.connection = connection;
        this.prefix = prefix;
    }

    List<String> lines() {
        return lines;
    }

    /** The producer from now on is the one that the coordinator names. */
    void init(int version) {
        InitProducerIdResponse answer = init(prefix, 60_000, -1, -1, version);
        producerId = answer.producerId();
        epoch = answer.producerEpoch();
    }

    InitProducerIdResponse init(String transactionalId, int timeoutMs, long id, int expectedEpoch, int version) {
        InitProducerIdRequest request =
                new InitProducerIdRequest().transactionalId(transactionalId).transactionTimeoutMs(timeoutMs);
        if (version >= 3) {
            request.producerId(id).producerEpoch((short) expectedEpoch);
        }
        InitProducerIdResponse answer = patiently(
                () -> connection.ask(request, new InitProducerIdResponse(), version),
                InitProducerIdResponse::errorCode);
        say("init " + expectedEpoch, version, answer.errorCode(), answer.producerId(), answer.producerEpoch());
        return answer;
    }

    void add(int version, String topic, int... partitions) {
        AddPartitionsToTxnRequest request = new AddPartitionsToTxnRequest()
                .v3AndBelowTransactionalId(prefix)
                .v3AndBelowProducerId(producerId)
                .v3AndBelowProducerEpoch(epoch)
                .v3AndBelowTopics(
                        List.of(new AddPartitionsToTxnTopic().name(topic).partitions(partitions)));
        AddPartitionsToTxnResponse answer = patiently(
                () -> connection.ask(request, new AddPartitionsToTxnResponse(), version),
                a -> a.resultsByTopicV3AndBelow()
                        .get(0)
                        .resultsByPartition()
                        .get(0)
                        .partitionErrorCode());
        String errors = answer.resultsByTopicV3AndBelow().get(0).resultsByPartition().stream()
                .map(result -> ErrorCode.forCode(result.partitionErrorCode()).toString())
                .collect(Collectors.joining(","));
        lines.add("add v" + version + " " + topic + " -> " + errors);
    }

    void addOffsets(int version) {
        AddOffsetsToTxnRequest request = new AddOffsetsToTxnRequest()
                .transactionalId(prefix)
                .producerId(producerId)
                .producerEpoch(epoch)
                .groupId(prefix);
        AddOffsetsToTxnResponse answer = patiently(
                () -> connection.ask(request, new AddOffsetsToTxnResponse(), version),
                AddOffsetsToTxnResponse::errorCode);
        lines.add("addOffsets v" + version + " -> " + ErrorCode.forCode(answer.errorCode()));
    }

    void commitOffsets(int version, String group, String member, int generation, String topic, String metadata) {
        TxnOffsetCommitRequest request = new TxnOffsetCommitRequest()
                .transactionalId(prefix)
                .groupId(group)
                .producerId(producerId)
                .producerEpoch(epoch)
                .memberId(member)
                .generationIdOrMemberEpoch(generation)
                .topics(List.of(new TxnOffsetCommitRequestTopic()
                        .name(topic)
                        .partitions(List.of(new TxnOffsetCommitRequestPartition()
                                .partitionIndex(0)
                                .committedOffset(7)
                                .committedMetadata(metadata)))));
        TxnOffsetCommitResponse answer = patiently(
                () -> connection.ask(request, new TxnOffsetCommitResponse(), version),
                a -> a.topics().get(0).partitions().get(0).errorCode());
        lines.add("commitOffsets v" + version + " " + member + " " + generation + " " + topic + " -> "
                + ErrorCode.forCode(answer.topics().get(0).partitions().get(0).errorCode()));
    }

    void produce(int version, int partition, int sequence, boolean transactional) {
        produce(version, partition, sequence, transactional, prefix);
    }

    void produce(int version, int partition, int sequence, boolean transactional, String transactionalId) {
        SimpleRecord record = new SimpleRecord(1_000, null, "x".getBytes());
        ByteBuffer batch = (transactional
                        ? MemoryRecords.withTransactionalRecords(Compression.NONE, producerId, epoch, sequence, record)
                        : MemoryRecords.withIdempotentRecords(Compression.NONE, producerId, epoch, sequence, record))
                .buffer();
        ProduceRequest request = new ProduceRequest()
                .transactionalId(transactionalId)
                .acks((short) -1)
                .timeoutMs(1_000)
                .topicData(List.of(new TopicProduceData()
                        .name("t")
                        .partitionData(List.of(
                                new PartitionProduceData().index(partition).records(Segments.of(batch.duplicate()))))));
        ProduceResponse answer = patiently(
                () -> connection.ask(request, new ProduceResponse(), version),
                a -> a.responses().get(0).partitionResponses().get(0).errorCode());
        var result = answer.responses().get(0).partitionResponses().get(0);
        lines.add("produce v" + version + " " + partition + " seq " + sequence + " epoch " + epoch
                + (transactional ? " in transaction" : "") + " -> " + ErrorCode.forCode(result.errorCode()) + " at "
                + result.baseOffset());
    }

    EndTxnResponse end(int version, boolean commit) {
        EndTxnRequest request = new EndTxnRequest()
                .transactionalId(prefix)
                .producerId(producerId)
                .producerEpoch(epoch)
                .committed(commit);
        EndTxnResponse answer =
                patiently(() -> connection.ask(request, new EndTxnResponse(), version), EndTxnResponse::errorCode);
        say(
                (commit ? "commit " : "abort ") + epoch,
                version,
                answer.errorCode(),
                answer.producerId(),
                answer.producerEpoch());
        return answer;
    }

    /** Ends and goes on under the epoch that the answer names. */
    void endAndFollow(boolean commit) {
        EndTxnResponse answer = end(5, commit);
        producerId = answer.producerId();
        epoch = answer.producerEpoch();
    }

    /** The producer is, or believes that it is, in another epoch. */
    void shiftEpoch(int by) {
        epoch += (short) by;
    }

    private <A> A patiently(Supplier<A> ask, java.util.function.ToIntFunction<A> errorCode) {
        for (int i = 0; ; i++) {
            A answer = ask.get();
            ErrorCode error = ErrorCode.forCode((short) errorCode.applyAsInt(answer));
            boolean again =
                    switch (error) {
                        case CONCURRENT_TRANSACTIONS,
                                COORDINATOR_NOT_AVAILABLE,
                                COORDINATOR_LOAD_IN_PROGRESS,
                                NOT_COORDINATOR,
                                NOT_ENOUGH_REPLICAS -> true;
                        default -> false;
                    };
            if (!again || i >= MAX_ATTEMPTS) {
                return answer;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void say(String what, int version, short error, long id, short epochGiven) {
        lines.add(what + " v" + version + " -> " + ErrorCode.forCode(error) + " producer " + ordinal(id) + " epoch "
                + epochGiven);
    }

    private int ordinal(long id) {
        if (id < 0) {
            return -1;
        }
        if (!knownIds.contains(id)) {
            knownIds.add(id);
        }
        return knownIds.indexOf(id);
    }
}
