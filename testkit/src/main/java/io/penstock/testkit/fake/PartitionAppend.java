package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ProduceRequest;
import io.penstock.wire.message.ProduceRequest.PartitionProduceData;
import io.penstock.wire.record.BatchFields;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a leader does with one partition's part of a Produce request, in the order in which a real one does it. */
final class PartitionAppend {

    private static final short FIRST_WITH_IDS = 13;

    private PartitionAppend() {}

    /** How it ended. Without an error, a batch that was there before has its own offset. */
    record Result(ErrorCode error, @Nullable String message, long baseOffset, long appendTime) {

        static Result of(ErrorCode error) {
            return new Result(error, null, -1, -1);
        }

        static Result of(BatchRefusal refusal) {
            return new Result(refusal.error(), refusal.message(), -1, -1);
        }

        static Result of(StoredBatch batch) {
            return new Result(ErrorCode.NONE, null, batch.fields().baseOffset(), batch.appendTime());
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
            return Result.of(e);
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
            return Result.of(append(batch, topic, partition, context));
        } catch (BatchRefusal e) {
            return Result.of(e);
        }
    }

    private static StoredBatch append(
            ByteBuffer bytes, FakeTopic topic, FakePartition partition, RequestContext context) throws BatchRefusal {
        BatchFields fields = BatchRules.check(bytes, topic.options());
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
        long appendTime =
                topic.options().logAppendTime() ? context.cluster().host().currentTimeMillis() : -1;
        StoredBatch batch = StoredBatch.of(bytes, partition.endOffset(), partition.leaderEpoch(), appendTime);
        partition.append(batch);
        return batch;
    }
}
