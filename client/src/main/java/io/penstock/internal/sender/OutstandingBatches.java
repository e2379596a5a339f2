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
import io.penstock.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one partition that have left its queue and are not complete, in send order, and their sequences.
 *
 * <p>Loop only. Four rules keep the log in order and free of doubles:
 *
 * <ul>
 *   <li>Batches are told in send order; one that is done waits for those before it.
 *   <li>No more than the window lie between the oldest without a result and the newest sent: a broker recognises the doubles
 *       of a producer's last five batches only.
 *   <li>Sequences start anew, under another epoch, only at the oldest batch, only when a broker has refused its sequence and
 *       no attempt of it can have been written, and nothing else is sent until all older attempts of the others are over.
 *   <li>Until a broker has taken a first batch of a producer id, one batch is on its way: since KIP-360 a broker that
 *       knows nothing of a producer takes any sequence, so a second batch could get in before a refused first one. The same again
 *       when the topic was deleted and created again, or may have been: the new log knows nothing of the producer.
 * </ul>
 */
final class OutstandingBatches {

    /** What a refused sequence means for its batch. */
    enum Refusal {
        /** Nothing: it goes again at once. */
        GO_AGAIN,
        /** One before it goes first, or a broker is behind the others: it goes again after a while. */
        BACK_OFF,
        /** Sequences start anew with it. */
        RESTART,
        /** No one can say any more whether it was written. */
        GIVE_UP
    }

    /** So often a batch that may have been written is tried again when its sequence is refused. */
    private static final int MAX_DOUBTS = 5;

    private final PartitionLane lane;
    private final IdentityManager identities;
    private final SequenceCounter sequences = new SequenceCounter();

    /** At most the window, plus what a split adds and what expired in the queue behind them; linked, as in their queue. */
    private @Nullable OutboundBatch oldest;

    private @Nullable OutboundBatch newest;
    private int size;

    /** The broker has refused the oldest batch's sequence: it goes again under a newer identity. */
    private boolean restartDue;

    /** The producer id under which a broker has taken a batch into the partition's present log; -1 for none. */
    private long provenProducerId = -1;

    /** Goes up whenever the partition may have a new log. */
    private int logNumber;

    OutstandingBatches(PartitionLane lane, IdentityManager identities) {
        this.lane = lane;
        this.identities = identities;
    }

    boolean isEmpty() {
        return oldest == null;
    }

    int size() {
        return size;
    }

    /** Whether a fresh batch may follow, if none waits to be sent again. */
    boolean takesMore(int window) {
        return size < window && !restartDue && !hasOldIdentityInFlight() && (isProven() || !hasUndone());
    }

    private boolean isProven() {
        return !identities.isIdempotent() || sequences.identity().producerId() == provenProducerId;
    }

    /** An attempt leaves now. */
    void onSent(OutboundBatch batch) {
        batch.logNumber(logNumber);
    }

    /** The broker has the batch. */
    void onWritten(OutboundBatch batch) {
        if (batch.logNumber() == logNumber) {
            provenProducerId = batch.identity().producerId();
        }
    }

    /** The topic is another one from here on: what the brokers knew of the producer is gone with the old one. */
    void onNewLog() {
        forgetLog();
        for (OutboundBatch batch = oldest; batch != null; batch = batch.next) {
            batch.markTakeable();
        }
    }

    /** A broker does not know what the attempt was sent to; when it does, that may be a new log. */
    void onLogGone(OutboundBatch batch) {
        if (batch.logNumber() == logNumber) {
            forgetLog();
        }
    }

    private void forgetLog() {
        logNumber++;
        provenProducerId = -1;
    }

    /** The batch to send again first, if it may go now. */
    @Nullable
    OutboundBatch firstToResend(int window) {
        int place = 0;
        boolean othersBefore = false;
        for (OutboundBatch batch = oldest; batch != null; batch = batch.next) {
            if (place++ >= window) {
                return null;
            }
            if (batch.isWaiting()) {
                if (!othersBefore) {
                    return restartDue && !canRestart(batch) ? null : batch;
                }
                return restartDue || hasOldIdentityInFlight() || !isProven() ? null : batch;
            }
            othersBefore |= !batch.isDone();
        }
        return null;
    }

    private boolean canRestart(OutboundBatch oldest) {
        return identities.isReady() && !identities.current().equals(oldest.identity());
    }

    private boolean hasOldIdentityInFlight() {
        for (OutboundBatch batch = oldest; batch != null; batch = batch.next) {
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
        }
        OutboundBatch added = new OutboundBatch(lane, fresh, sequences.identity(), sequences.take(fresh.recordCount()));
        append(added);
        return added;
    }

    private void append(OutboundBatch batch) {
        OutboundBatch before = newest;
        if (before == null) {
            oldest = batch;
        } else {
            before.next = batch;
        }
        newest = batch;
        size++;
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
        append(added);
    }

    boolean isOldest(OutboundBatch batch) {
        return firstUndone() == batch;
    }

    /**
     * A broker does not accept the batch's sequence.
     *
     * <p>That is certain to mean something only for an attempt that left when all before it had their results: else one of
     * them may have been written since. And if an earlier attempt may have been written, the one who refuses may be a
     * leader that was replaced, or the attempt may still lie in a broker's queue; sent anew, the batch could then be
     * written twice (compare KAFKA-14034).
     */
    Refusal onSequenceRefused(OutboundBatch batch) {
        if (!batch.identity().equals(sequences.identity())) {
            return Refusal.GO_AGAIN; // and takes a sequence of the new identity then
        }
        if (!isOldest(batch)) {
            return Refusal.BACK_OFF;
        }
        if (!batch.wasSentAsOldest()) {
            return Refusal.GO_AGAIN;
        }
        if (batch.maybeWritten()) {
            return batch.countDoubt() <= MAX_DOUBTS ? Refusal.BACK_OFF : Refusal.GIVE_UP;
        }
        identities.renew(batch.identity());
        restartDue = true;
        return Refusal.RESTART;
    }

    /**
     * In a transaction: whether no attempt under this identity can succeed any more. As with {@link #onSequenceRefused}, that is
     * certain only of the oldest; a refused epoch is certain at once.
     */
    boolean isSequenceLost(OutboundBatch batch, ErrorCode error) {
        return error == ErrorCode.INVALID_PRODUCER_EPOCH
                || isOldest(batch) && batch.wasSentAsOldest() && !batch.maybeWritten();
    }

    /** Ends a batch without success, saying what is known of it. */
    void giveUp(OutboundBatch batch, KafkaException cause, @Nullable Map<Integer, KafkaException> perRecord) {
        boolean unknown = batch.maybeWritten();
        RecordOutcome outcome = unknown ? RecordOutcome.UNKNOWN : RecordOutcome.NOT_WRITTEN;
        cause.withOutcome(outcome);
        if (perRecord != null) {
            perRecord.values().forEach(each -> each.withOutcome(outcome));
        }
        if (restartDue && isOldest(batch)) {
            restartDue = false; // the one behind it will be refused in its turn, and start anew then
        }
        batch.onDone(new BatchResult.Failed(cause, perRecord));
        if (batch.identity().isNone()) {
            return;
        }
        if (unknown) {
            if (!hasUndone()) {
                identities.renew(
                        batch.identity()); // so that the next one need not guess whether this one came before it
            }
        } else if (!isLastStamped(batch)) {
            markHoleAfter(batch);
        } else if (batch.identity().equals(sequences.identity())) {
            sequences.giveBackFrom(batch.sequence());
        }
    }

    private void markHoleAfter(OutboundBatch batch) {
        if (batch.identity().producerId() != provenProducerId) {
            return; // a broker that knows nothing of the producer may start behind the hole
        }
        for (OutboundBatch each = batch.next; each != null; each = each.next) {
            if (each.identity().equals(batch.identity())) {
                each.markAfterHole();
                if (!each.isDone()) {
                    return; // it passes on the mark when it is given up itself
                }
            }
        }
    }

    private boolean isLastStamped(OutboundBatch batch) {
        for (OutboundBatch each = batch.next; each != null; each = each.next) {
            if (!each.identity().isNone()) {
                return false;
            }
        }
        return true;
    }

    /** How many batches lie before it. */
    int placeOf(OutboundBatch batch) {
        int place = 0;
        for (OutboundBatch each = oldest; each != null; each = each.next) {
            if (each == batch) {
                return place;
            }
            place++;
        }
        throw new IllegalArgumentException("Batch of " + lane + " is not outstanding");
    }

    /** Replaces a batch by smaller ones with the same records, sequences and place, and says by how many. */
    int split(OutboundBatch batch, BatchSplitter splitter, TopicQueues topic) {
        List<ProducerBatch> parts = splitter.split(batch.batch(), topic);
        OutboundBatch each = oldest;
        oldest = null;
        newest = null;
        size = 0;
        while (each != null) {
            OutboundBatch behind = each.next;
            each.next = null;
            if (each == batch) {
                appendParts(batch, parts);
            } else {
                append(each);
            }
            each = behind;
        }
        return parts.size();
    }

    private void appendParts(OutboundBatch whole, List<ProducerBatch> parts) {
        int sequence = whole.sequence();
        for (ProducerBatch part : parts) {
            OutboundBatch small = new OutboundBatch(lane, part, whole.identity(), sequence);
            if (!whole.identity().isNone()) {
                sequence = SequenceCounter.plus(sequence, part.recordCount());
            }
            small.inherit(whole);
            append(small);
        }
    }

    @Nullable
    OutboundBatch pollDone() {
        OutboundBatch first = oldest;
        if (first == null || !first.isDone()) {
            return null;
        }
        oldest = first.next;
        if (oldest == null) {
            newest = null;
        }
        first.next = null;
        size--;
        return first;
    }

    /** The oldest batch without a result that was created at or before this time. */
    @Nullable
    OutboundBatch firstOverdue(long createdNanos) {
        OutboundBatch first = firstUndone();
        return first != null && first.batch().createdNanos() - createdNanos <= 0 ? first : null;
    }

    @Nullable
    ProducerBatch oldestUndone() {
        OutboundBatch first = firstUndone();
        return first == null ? null : first.batch();
    }

    List<OutboundBatch> undone() {
        List<OutboundBatch> undone = new ArrayList<>();
        for (OutboundBatch batch = oldest; batch != null; batch = batch.next) {
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
        for (OutboundBatch batch = oldest; batch != null; batch = batch.next) {
            if (!batch.isDone()) {
                return batch;
            }
        }
        return null;
    }
}
