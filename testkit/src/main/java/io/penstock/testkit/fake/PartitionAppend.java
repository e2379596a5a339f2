package io.penstock.testkit.fake;

import io.penstock.producer.TopicPartition;
import io.penstock.testkit.fake.BatchRefusal.RecordRefusal;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ProduceRequest;
import io.penstock.wire.message.ProduceRequest.PartitionProduceData;
import io.penstock.wire.record.BatchFields;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a leader does with one partition's part of a Produce request, in the order in which a real one does it. */
final class PartitionAppend {

    private static final short FIRST_WITH_ABORTABLE = 11;
    private static final short FIRST_THAT_ADDS = 12;
    private static final short FIRST_WITH_IDS = 13;

    private PartitionAppend() {}

    /** How it ended. Without an error, a batch that was there before has its own offset. */
    record Result(
            ErrorCode error, @Nullable String message, long baseOffset, long appendTime, List<RecordRefusal> refusals) {

        static Result of(ErrorCode error) {
            return new Result(error, null, -1, -1, List.of());
        }

        static Result of(BatchRefusal refusal) {
            return new Result(refusal.error(), refusal.message(), -1, -1, refusal.records());
        }

        static Result of(StoredBatch batch) {
            return new Result(ErrorCode.NONE, null, batch.fields().baseOffset(), batch.appendTime(), List.of());
        }
    }

    static Result append(
            ProduceRequest request, @Nullable FakeTopic topic, PartitionProduceData data, RequestContext context) {
        if (topic == null) {
            return Result.of(
                    context.version() >= FIRST_WITH_IDS
                            ? ErrorCode.UNKNOWN_TOPIC_ID
                            : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        }
        FakePartition partition = topic.partition(data.index());
        if (partition == null) {
            return Result.of(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        }
        ByteBuffer batch;
        try {
            batch = BatchRules.single(data.records(), context.version());
        } catch (BatchRefusal e) {
            return refused(e, context);
        }
        if (request.acks() < -1 || request.acks() > 1) {
            return Result.of(ErrorCode.INVALID_REQUIRED_ACKS);
        }
        if (partition.leaderId() != context.broker().id()) {
            return Result.of(ErrorCode.NOT_LEADER_OR_FOLLOWER);
        }
        if (request.acks() == -1 && partition.inSync().length < topic.options().minInSyncReplicas()) {
            return Result.of(ErrorCode.NOT_ENOUGH_REPLICAS);
        }
        try {
            checkTransaction(request, batch, topic, partition, context);
            return Result.of(append(batch, topic, partition, context));
        } catch (BatchRefusal e) {
            return refused(e, context);
        }
    }

    /** The first batch of a transaction in this partition: asks the coordinator, or has it take the partition in. */
    private static void checkTransaction(
            ProduceRequest request, ByteBuffer bytes, FakeTopic topic, FakePartition partition, RequestContext context)
            throws BatchRefusal {
        BatchFields fields = BatchRules.fields(bytes);
        ProducerHistory history = partition.producer(fields.producerId());
        if (!fields.isTransactional()
                || !context.broker().release().verifiesTransactions()
                || (history != null && history.isInTransaction(fields.producerEpoch()))) {
            return;
        }
        // Without one, the handler has refused the whole request.
        String transactionalId = Objects.requireNonNull(request.transactionalId());
        boolean adds = context.version() >= FIRST_THAT_ADDS;
        ErrorCode error = new TransactionCheck(
                        transactionalId,
                        new Transaction.Identity(fields.producerId(), fields.producerEpoch()),
                        new TopicPartition(topic.name(), partition.index()))
                .run(context.cluster(), adds, context.version() >= FIRST_WITH_ABORTABLE);
        if (error != ErrorCode.NONE) {
            throw new BatchRefusal(
                    asProduceAnswers(error, adds),
                    "The transaction of " + transactionalId + " does not take the partition: " + error);
        }
    }

    /** Errors that a producer would not retry, or would ask for metadata about, become one that it just retries. */
    private static ErrorCode asProduceAnswers(ErrorCode error, boolean adds) {
        return switch (error) {
            case NETWORK_EXCEPTION, COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR ->
                ErrorCode.NOT_ENOUGH_REPLICAS;
            case CONCURRENT_TRANSACTIONS -> adds ? error : ErrorCode.NOT_ENOUGH_REPLICAS;
            default -> error;
        };
    }

    private static Result refused(BatchRefusal refusal, RequestContext context) {
        if (refusal.error() == ErrorCode.CORRUPT_MESSAGE || refusal.error() == ErrorCode.INVALID_RECORD) {
            context.cluster().tellMalformed("A batch came as " + refusal.error() + ": " + refusal.message());
        }
        return Result.of(refusal);
    }

    private static StoredBatch append(
            ByteBuffer bytes, FakeTopic topic, FakePartition partition, RequestContext context) throws BatchRefusal {
        RecordRules rules = topic.options().records();
        BatchFields fields = BatchRules.check(bytes, rules);
        long now = context.cluster().host().currentTimeMillis();
        if (!rules.logAppendTime()) {
            rules.timestamps().check(bytes, now);
        }
        ProducerHistory history = fields.producerId() < 0 ? null : partition.producer(fields.producerId());
        if (history != null) {
            StoredBatch duplicate = history.duplicateOf(fields);
            if (duplicate != null) {
                return duplicate;
            }
            ErrorCode error = history.judge(fields, context.cluster().options().reportsOldDuplicates());
            if (error != ErrorCode.NONE) {
                throw new BatchRefusal(
                        error,
                        "Producer " + fields.producerId() + ": batch has epoch " + fields.producerEpoch()
                                + " and sequence " + fields.baseSequence() + " after " + history);
            }
        }
        long appendTime = rules.logAppendTime() ? now : -1;
        StoredBatch batch = StoredBatch.of(bytes, partition.endOffset(), partition.leaderEpoch(), appendTime);
        partition.append(batch);
        return batch;
    }
}
