package io.penstock.internal.sender;

import io.penstock.errors.KafkaException;
import io.penstock.errors.RecordOutcome;
import io.penstock.internal.accumulator.BatchSplitter;
import io.penstock.internal.accumulator.ProducerBatch;
import io.penstock.internal.accumulator.TopicQueues;
import io.penstock.internal.completion.BatchResult;
import io.penstock.internal.identity.IdentityManager;
import io.penstock.internal.identity.ProducerIdentity;
import io.penstock.internal.identity.SequenceCounter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one partition that have left its queue and are not complete, in send order, and their sequences.
 *
 * <p>Loop only. Three rules keep the log in order and free of doubles:
 *
 * <ul>
 *   <li>Batches are told in send order; one that is done waits for those before it.
 *   <li>No more than the window lie between the oldest without a result and the newest sent: a broker recognises the doubles
 *       of a producer's last five batches only.
 *   <li>Sequences start anew, under another epoch, only at the oldest batch, only when the broker has said that it has not
 *       written it, and nothing else is sent until all older attempts of the others are over.
 * </ul>
 */
final class OutstandingBatches {

    private final PartitionLane lane;
    private final IdentityManager identities;
    private final SequenceCounter sequences = new SequenceCounter();

    /** At most the window, plus what a split adds and what expired in the queue behind them. */
    private final ArrayDeque<OutboundBatch> batches = new ArrayDeque<>(8);

    /** The broker has refused the oldest batch's sequence: it goes again under a newer identity. */
    private boolean restartDue;

    /** The last batch given up may have been written, and none has followed it yet. */
    private boolean gapAtEnd;

    OutstandingBatches(PartitionLane lane, IdentityManager identities) {
        this.lane = lane;
        this.identities = identities;
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    int size() {
        return batches.size();
    }

    /** Whether a fresh batch may follow: nothing waits to be sent again and the window has room. */
    boolean takesMore(int window) {
        return batches.size() < window && !restartDue && !hasOldIdentityInFlight();
    }

    /** The batch to send again first, if it may go now. */
    @Nullable
    OutboundBatch firstToResend(int window) {
        int place = 0;
        boolean othersBefore = false;
        for (OutboundBatch batch : batches) {
            if (place++ >= window) {
                return null;
            }
            if (batch.isWaiting()) {
                if (!othersBefore) {
                    return restartDue && !canRestart(batch) ? null : batch;
                }
                return restartDue || hasOldIdentityInFlight() ? null : batch;
            }
            othersBefore |= !batch.isDone();
        }
        return null;
    }

    private boolean canRestart(OutboundBatch oldest) {
        return identities.isReady() && !identities.current().equals(oldest.identity());
    }

    private boolean hasOldIdentityInFlight() {
        for (OutboundBatch batch : batches) {
            if (batch.isInFlight() && !batch.identity().equals(sequences.identity())) {
                return true;
            }
        }
        return false;
    }

    /** A fresh batch, sealed, takes its sequences and its place at the end. */
    OutboundBatch add(ProducerBatch fresh) {
        if (identities.isIdempotent() && !hasUndone() && !sequences.identity().equals(identities.current())) {
            sequences.restart(identities.current());
            gapAtEnd = false;
        }
        OutboundBatch added = new OutboundBatch(lane, fresh, sequences.identity(), sequences.take(fresh.recordCount()));
        if (gapAtEnd) {
            added.markAfterGap();
            gapAtEnd = false;
        }
        batches.addLast(added);
        return added;
    }

    /** A batch that goes again may need another identity first. */
    void prepareAgain(OutboundBatch batch) {
        if (restartDue) {
            sequences.restart(identities.current());
            restartDue = false;
        }
        if (!batch.identity().equals(sequences.identity())) {
            batch.restamp(sequences.identity(), sequences.take(batch.recordCount()));
        }
    }

    /** A batch that expired before it was ever sealed. */
    void addGivenUp(ProducerBatch batch, KafkaException cause) {
        OutboundBatch added = new OutboundBatch(lane, batch, ProducerIdentity.NONE, -1);
        added.onDone(BatchResult.failed(cause));
        batches.addLast(added);
    }

    /**
     * The broker does not accept the batch's sequence. Either one before it has no result yet and will go first, or sequences
     * have to start anew.
     *
     * @return true when the batch must be given up: the one before it ended unknown and an attempt of this one was never
     *     answered, so both may still be carried out, and sending it anew could write it twice (compare KAFKA-14034)
     */
    boolean onSequenceRefused(OutboundBatch batch) {
        if (firstUndone() != batch || !batch.identity().equals(sequences.identity())) {
            return false;
        }
        if (batch.isAfterGap() && batch.isUnanswered()) {
            return true;
        }
        identities.renew(batch.identity());
        restartDue = true;
        return false;
    }

    /** Whether its sequence belongs to the identity that the partition uses now. */
    boolean isCurrent(OutboundBatch batch) {
        return batch.identity().equals(sequences.identity());
    }

    boolean isRestartDue() {
        return restartDue;
    }

    /** Ends a batch without success, saying what is known of it. */
    void giveUp(OutboundBatch batch, KafkaException cause, @Nullable Map<Integer, KafkaException> perRecord) {
        boolean unknown = batch.maybeWritten();
        cause.withOutcome(unknown ? RecordOutcome.UNKNOWN : RecordOutcome.NOT_WRITTEN);
        if (restartDue && firstUndone() == batch) {
            restartDue = false; // the one behind it will be refused in its turn, and start anew then
        }
        batch.onDone(new BatchResult.Failed(cause, perRecord));
        if (batch.identity().isNone()) {
            return;
        }
        if (unknown) {
            markGapAfter(batch);
        } else if (isLastStamped(batch) && batch.identity().equals(sequences.identity())) {
            sequences.giveBackFrom(batch.sequence());
        }
    }

    private void markGapAfter(OutboundBatch batch) {
        boolean behind = false;
        for (OutboundBatch each : batches) {
            if (behind && !each.isDone()) {
                each.markAfterGap();
                return;
            }
            if (behind && each.result() instanceof BatchResult.Written) {
                return; // the broker took a later one, so it had this one
            }
            behind |= each == batch;
        }
        gapAtEnd = true;
    }

    private boolean isLastStamped(OutboundBatch batch) {
        boolean behind = false;
        for (OutboundBatch each : batches) {
            if (behind && !each.identity().isNone()) {
                return false;
            }
            behind |= each == batch;
        }
        return true;
    }

    /** Replaces a batch by smaller ones with the same records, sequences and place, and says by how many. */
    int split(OutboundBatch batch, BatchSplitter splitter, TopicQueues topic) {
        List<ProducerBatch> parts = splitter.split(batch.batch(), topic);
        List<OutboundBatch> all = new ArrayList<>(batches);
        int place = all.indexOf(batch);
        all.remove(place);
        int sequence = batch.sequence();
        for (ProducerBatch part : parts) {
            OutboundBatch small = new OutboundBatch(lane, part, batch.identity(), sequence);
            if (!batch.identity().isNone()) {
                sequence = SequenceCounter.plus(sequence, part.recordCount());
            }
            all.add(place++, small);
        }
        batches.clear();
        batches.addAll(all);
        return parts.size();
    }

    @Nullable
    OutboundBatch pollDone() {
        OutboundBatch oldest = batches.peekFirst();
        return oldest != null && oldest.isDone() ? batches.pollFirst() : null;
    }

    /** The oldest batch without a result that was created at or before this time. */
    @Nullable
    OutboundBatch firstOverdue(long createdNanos) {
        OutboundBatch oldest = firstUndone();
        return oldest != null && oldest.batch().createdNanos() - createdNanos <= 0 ? oldest : null;
    }

    @Nullable
    ProducerBatch oldestUndone() {
        OutboundBatch oldest = firstUndone();
        return oldest == null ? null : oldest.batch();
    }

    List<OutboundBatch> undone() {
        List<OutboundBatch> undone = new ArrayList<>();
        for (OutboundBatch batch : batches) {
            if (!batch.isDone()) {
                undone.add(batch);
            }
        }
        return undone;
    }

    private boolean hasUndone() {
        return firstUndone() != null;
    }

    private @Nullable OutboundBatch firstUndone() {
        for (OutboundBatch batch : batches) {
            if (!batch.isDone()) {
                return batch;
            }
        }
        return null;
    }
}
