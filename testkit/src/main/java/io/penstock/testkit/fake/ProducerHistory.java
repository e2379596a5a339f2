package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.record.BatchFields;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What a partition remembers of one producer: its epoch and its last five batches.
 *
 * <p>Guarded by the cluster's lock. A producer that a partition knows nothing of may start at any sequence (KIP-360); one
 * with a new epoch starts at 0.
 */
final class ProducerHistory {

    private static final int REMEMBERED_BATCH_COUNT = 5;

    private final Deque<StoredBatch> batches = new ArrayDeque<>();
    private short epoch;
    private int lastSequence = -1;
    private boolean inTransaction;

    ProducerHistory(short epoch) {
        this.epoch = epoch;
    }

    short epoch() {
        return epoch;
    }

    /** The batch in the log that has this one's epoch and sequences: it was sent again. */
    @Nullable
    StoredBatch duplicateOf(BatchFields sent) {
        if (sent.producerEpoch() != epoch) {
            return null;
        }
        for (StoredBatch batch : batches) {
            if (batch.fields().baseSequence() == sent.baseSequence()
                    && batch.fields().lastOffsetDelta() == sent.lastOffsetDelta()) {
                return batch;
            }
        }
        return null;
    }

    /** Whether a batch may be appended now. */
    ErrorCode judge(BatchFields sent, boolean reportsOldDuplicates) {
        if (sent.producerEpoch() < epoch) {
            return ErrorCode.INVALID_PRODUCER_EPOCH;
        }
        if (sent.producerEpoch() > epoch) {
            return sent.baseSequence() == 0 ? ErrorCode.NONE : ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER;
        }
        if (inTransaction && !sent.isTransactional()) {
            return ErrorCode.INVALID_TXN_STATE;
        }
        if (sent.baseSequence() == Sequences.next(lastSequence)) {
            return ErrorCode.NONE;
        }
        boolean isOld = Sequences.plus(sent.baseSequence(), sent.lastOffsetDelta()) <= lastSequence;
        return isOld && reportsOldDuplicates
                ? ErrorCode.DUPLICATE_SEQUENCE_NUMBER
                : ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER;
    }

    void onAppended(StoredBatch batch) {
        inTransaction |= batch.fields().isTransactional();
        if (batch.fields().producerEpoch() != epoch) {
            epoch = batch.fields().producerEpoch();
            batches.clear();
        }
        if (batches.size() == REMEMBERED_BATCH_COUNT) {
            batches.removeFirst();
        }
        batches.addLast(batch);
        lastSequence =
                Sequences.plus(batch.fields().baseSequence(), batch.fields().lastOffsetDelta());
    }

    /** Whether the partition holds batches of this epoch whose transaction is open. */
    boolean isInTransaction(short ofEpoch) {
        return inTransaction && epoch == ofEpoch;
    }

    /** A marker ended a transaction: under a later epoch sequences start at 0, under the same one they go on. */
    void onMarker(short newEpoch) {
        inTransaction = false;
        if (newEpoch > epoch) {
            epoch = newEpoch;
            batches.clear();
            lastSequence = -1;
        }
    }

    @Override
    public String toString() {
        return "epoch " + epoch + " and sequence " + lastSequence;
    }
}
