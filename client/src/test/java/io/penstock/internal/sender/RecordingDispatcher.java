package io.penstock.internal.sender;

import io.penstock.errors.KafkaException;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.Segments;
import io.penstock.wire.record.BatchFields;
import io.penstock.wire.record.RecordBatchReader;
import io.penstock.wire.record.RecordView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Takes plans as connections would, copies the bytes as the kernel would, and leaves the answers to the test. */
final class RecordingDispatcher implements ProduceDispatcher {

    /** One batch of one plan, and what its bytes said when it left. */
    record Attempt(
            OutboundBatch batch,
            int nodeId,
            UUID topicId,
            long producerId,
            short epoch,
            int sequence,
            List<Integer> ids) {

        static Attempt of(OutboundBatch batch, int nodeId, UUID topicId) {
            Segments bytes = batch.bytes();
            ByteBuffer copy = ByteBuffer.allocate(bytes.sizeBytes());
            for (int i = 0; i < bytes.count(); i++) {
                copy.put(bytes.get(i));
            }
            RecordBatchReader reader = RecordBatchReader.of(copy.flip()); // checks sizes and CRC
            BatchFields fields = reader.fields();
            List<Integer> ids = new ArrayList<>();
            for (RecordView record : reader) {
                ids.add(record.value().getInt(record.value().position()));
            }
            return new Attempt(
                    batch, nodeId, topicId, fields.producerId(), fields.producerEpoch(), fields.baseSequence(), ids);
        }
    }

    final List<ProducePlan> plans = new ArrayList<>();
    final Map<Integer, List<Attempt>> inFlight = new HashMap<>();
    final Set<Integer> blocked = new HashSet<>();
    final Set<Integer> gone = new HashSet<>();
    /** Of every topic, as the client knows it. */
    UUID topicId = new UUID(0, 1);

    int maxInFlight = Integer.MAX_VALUE;
    long retryAtNanos = Long.MAX_VALUE;
    int askedCount;
    boolean throwing;
    OutcomeListener listener;

    @Override
    public boolean canSend(int nodeId, long nowNanos) {
        askedCount++;
        return !blocked.contains(nodeId) && !gone.contains(nodeId) && at(nodeId).size() < maxInFlight;
    }

    @Override
    public boolean isKnown(int nodeId) {
        return !gone.contains(nodeId);
    }

    @Override
    public long retryAtNanos(int nodeId, long nowNanos) {
        return retryAtNanos;
    }

    @Override
    public void send(ProducePlan plan, OutcomeListener heard, long nowNanos) {
        if (throwing) {
            throw new IllegalStateException("cannot be encoded");
        }
        listener = heard;
        plans.add(plan);
        for (OutboundBatch batch : plan.batches()) {
            at(plan.nodeId()).add(Attempt.of(batch, plan.nodeId(), topicId));
        }
    }

    List<Attempt> at(int nodeId) {
        return inFlight.computeIfAbsent(nodeId, id -> new ArrayList<>());
    }

    void answerWritten(Attempt attempt, long offset, long nowNanos) {
        at(attempt.nodeId()).remove(attempt);
        listener.onOutcome(attempt.batch(), BatchOutcome.written(offset, -1), nowNanos);
    }

    void answer(Attempt attempt, ErrorCode error, long nowNanos) {
        at(attempt.nodeId()).remove(attempt);
        listener.onOutcome(
                attempt.batch(), BatchOutcome.refused(error, new KafkaException(error.name()), null), nowNanos);
    }

    void lose(Attempt attempt, boolean mayHaveArrived, long nowNanos) {
        at(attempt.nodeId()).remove(attempt);
        listener.onLost(attempt.batch(), new KafkaException("lost"), mayHaveArrived, nowNanos);
    }
}
