package io.penstock.internal.sender;

import io.penstock.errors.KafkaException;
import io.penstock.errors.RecordOutcome;
import io.penstock.internal.accumulator.ProducerBatch;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How batches of one lane end without success: each told with its cause, counted, and made known to the transaction it is in.
 *
 * <p>Loop only. Holds nothing of its own; what is given up stays outstanding until all before it has ended, too.
 */
final class LaneLosses {

    private final PartitionLane lane;
    private final Sender sender;
    private final OutstandingBatches outstanding;
    private final LaneFlush flushes;

    LaneLosses(PartitionLane lane, Sender sender, OutstandingBatches outstanding, LaneFlush flushes) {
        this.lane = lane;
        this.sender = sender;
        this.outstanding = outstanding;
        this.flushes = flushes;
    }

    /** Fails what is not on its way; that is waited for, lest it arrive in a later transaction. */
    void dropUnsent(long nowNanos) {
        giveUpAll(OutboundBatch::isWaiting, () -> sender.gate().whyDropped(lane.topic(), lane.partition()), nowNanos);
    }

    /** Gives up what has had its time. */
    void expire(long nowNanos) {
        long timeout = sender.settings().deliveryTimeoutNanos();
        for (OutboundBatch batch = outstanding.firstOverdue(nowNanos - timeout);
                batch != null;
                batch = outstanding.firstOverdue(nowNanos - timeout)) {
            giveUp(batch, SendFailures.expired(batch, timeout, lane.leaderId(), refusal()), null, nowNanos);
        }
        for (ProducerBatch waiting = lane.queue().peek();
                waiting != null && waiting.createdNanos() - (nowNanos - timeout) <= 0;
                waiting = lane.queue().peek()) {
            giveUpOldestQueued(
                    SendFailures.expiredInQueue(
                            lane.name(), waiting.recordCount(), timeout, lane.leaderId(), refusal()),
                    nowNanos);
        }
    }

    private @Nullable KafkaException refusal() {
        return sender.needs().refusalOf(lane.leaderId());
    }

    private void giveUpOldestQueued(KafkaException cause, long nowNanos) {
        ProducerBatch taken = lane.queue().poll();
        if (taken != null) {
            flushes.onTaken();
            giveUpTaken(taken, cause, nowNanos);
        }
    }

    /** It was never sent. */
    void giveUpTaken(ProducerBatch taken, KafkaException cause, long nowNanos) {
        outstanding.addGivenUp(taken, cause.withOutcome(RecordOutcome.NOT_WRITTEN));
        sender.metrics().onFailed(lane.topic(), taken.recordCount(), nowNanos);
        sender.gate().onFailed(cause, false, nowNanos);
    }

    /** It was sent, or is about to be: what is known of it is told. */
    void giveUp(
            OutboundBatch batch,
            KafkaException cause,
            @Nullable Map<Integer, KafkaException> perRecord,
            long nowNanos) {
        outstanding.giveUp(batch, cause, perRecord);
        sender.metrics().onFailed(lane.topic(), batch.recordCount(), nowNanos);
        sender.gate().onFailed(cause, true, nowNanos);
    }

    /** Of what is outstanding those, and all that waits to be sent first. */
    void giveUpAll(Predicate<OutboundBatch> outOf, Supplier<KafkaException> cause, long nowNanos) {
        for (OutboundBatch batch : outstanding.undone()) {
            if (outOf.test(batch)) {
                giveUp(batch, cause.get(), null, nowNanos);
            }
        }
        while (!lane.queue().isEmpty()) {
            giveUpOldestQueued(cause.get(), nowNanos);
        }
    }
}
