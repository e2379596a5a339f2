package io.penstock.internal.sender;

import io.penstock.errors.KafkaException;
import io.penstock.internal.accumulator.PartitionQueue;
import io.penstock.internal.accumulator.ProducerBatch;
import io.penstock.internal.accumulator.ReadyListener;
import io.penstock.internal.accumulator.TopicQueues;
import io.penstock.internal.completion.BatchCompletion;
import io.penstock.internal.completion.BatchResult;
import io.penstock.internal.loop.LoopTask;
import io.penstock.internal.transaction.RecordGate;
import io.penstock.producer.TopicPartition;
import io.penstock.wire.ErrorCode;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One partition as the sender sees it: what waits in its queue, what is on its way, and what is due when.
 *
 * <p>Loop only, but for {@link #onReady}, which posts the lane to the loop. Decides nothing about other partitions. A lane
 * stands in at most one broker's line, and only while it has something that may be sent now.
 */
final class PartitionLane implements ReadyListener, LoopTask {

    /** Between two questions for a leader when {@code retry.backoff.ms} is 0. */
    private static final long MIN_LEADER_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Sender sender;
    private final TopicQueues topic;
    private final PartitionQueue queue;
    private final TopicPartition name;
    private final OutstandingBatches outstanding;
    private final LaneLosses losses;
    private final LaneFlush flushes = new LaneFlush();
    private final LaneList.Place inLine = new LaneList.Place(this);
    private final LaneList.Place amongActive = new LaneList.Place(this);
    private final LaneTimer timer;
    private final LaneBackoff backoff = new LaneBackoff();
    private int leaderId = -1;
    private @Nullable UUID topicId;
    private boolean known;
    private @Nullable BrokerLane line;

    PartitionLane(Sender sender, TopicQueues topic, PartitionQueue queue) {
        this.sender = sender;
        this.topic = topic;
        this.queue = queue;
        this.name = new TopicPartition(queue.topic(), queue.partition());
        this.timer = new LaneTimer(this, sender.timers());
        this.outstanding = new OutstandingBatches(this, sender.identities());
        this.losses = new LaneLosses(this, sender, outstanding, flushes);
    }

    String topic() {
        return queue.topic();
    }

    int partition() {
        return queue.partition();
    }

    @Nullable
    UUID topicId() {
        return topicId;
    }

    int leaderId() {
        return leaderId;
    }

    /** Its place in its leader's line. */
    LaneList.Place inLine() {
        return inLine;
    }

    /** Its place among the lanes that hold batches. */
    LaneList.Place amongActive() {
        return amongActive;
    }

    TopicPartition name() {
        return name;
    }

    LaneTimer timer() {
        return timer;
    }

    PartitionQueue queue() {
        return queue;
    }

    /** Caller's thread. */
    @Override
    public void onReady() {
        sender.post(this);
    }

    /** A caller's signal has reached the loop. */
    @Override
    public void run(long nowNanos) {
        sender.needs().touchTopic(topic(), nowNanos);
        update(nowNanos);
    }

    /** Looks at everything anew: what has expired, what is complete, what can be sent, when to look again. */
    void update(long nowNanos) {
        if (!known) {
            known = true;
            onTopicId(sender.needs().topicIdOf(topic()));
            sender.addLane(this);
        }
        if (leaderId < 0) {
            // Asked again each time: that its broker has become known is no change of the topic.
            leaderId = sender.needs().leaderOf(topic(), partition());
        }
        long expiry = expiryNanos();
        if (expiry != PartitionQueue.NEVER && expiry - nowNanos <= 0) {
            losses.expire(nowNanos);
        }
        if (sender.gate().isDropping()) {
            losses.dropUnsent(nowNanos);
        }
        tellDone(nowNanos);
        long due = dueNanos(nowNanos);
        if (due == PartitionQueue.NEVER || due - nowNanos > 0) {
            leaveLine();
        } else if (leaderId >= 0) {
            if (line == null) {
                sender.schedule(this);
            }
            due = PartitionQueue.NEVER;
        } else {
            sender.needs().refreshTopic(topic(), nowNanos);
            due = nowNanos + Math.max(sender.settings().retryBackoffNanos(), MIN_LEADER_WAIT_NANOS);
        }
        timer.arm(sender, due, leaderId >= 0 && !backoff.isOn(), expiryNanos());
        sender.setActive(this, !outstanding.isEmpty() || !queue.isEmpty());
    }

    private void leaveLine() {
        if (line != null) {
            line.remove(this);
        }
    }

    /** When the next batch may be sent, {@link PartitionQueue#NEVER} when only an answer or a record changes anything. */
    private long dueNanos(long nowNanos) {
        backoff.endIfOver(nowNanos);
        long due;
        if (outstanding.firstToResend(sender.windowBatches()) != null) {
            due = nowNanos;
        } else if (outstanding.takesMore(sender.windowBatches())) {
            due = queue.examine(nowNanos, flushes.isHurried() || sender.isHurried() ? 0 : sender.lingerNanos());
            if (due != PartitionQueue.NEVER && sender.gate().passage(topic(), partition()) != RecordGate.Passage.OPEN) {
                due = PartitionQueue.NEVER; // the sender is told when that changes
            }
        } else {
            due = PartitionQueue.NEVER;
        }
        return backoff.after(due);
    }

    private long expiryNanos() {
        ProducerBatch oldest = outstanding.oldestUndone();
        if (oldest == null) {
            oldest = queue.peek();
        }
        return oldest == null
                ? PartitionQueue.NEVER
                : oldest.createdNanos() + sender.settings().deliveryTimeoutNanos();
    }

    /** It was put into a broker's line, or with null out of it. */
    void scheduled(@Nullable BrokerLane brokerLine) {
        line = brokerLine;
    }

    /** About how many bytes {@link #take} would give; 0 when it would give none. */
    int nextSizeBytes(long nowNanos) {
        long due = dueNanos(nowNanos);
        if (due == PartitionQueue.NEVER || due - nowNanos > 0) {
            return 0;
        }
        OutboundBatch again = outstanding.firstToResend(sender.windowBatches());
        return again != null ? again.sizeBytes() : topic.sentSizeOf(queue.peekSizeBytes());
    }

    /** The next batch for the leader, sealed and stamped; null when there is none after all. */
    @Nullable
    OutboundBatch take(long nowNanos) {
        OutboundBatch next = outstanding.firstToResend(sender.windowBatches());
        if (next == null) {
            ProducerBatch fresh = queue.poll();
            if (fresh == null) {
                return null;
            }
            flushes.onTaken();
            try {
                sender.sealer().seal(fresh, topic);
            } catch (RuntimeException | Error e) { // a native codec that does not load, for instance
                KafkaException cause = new KafkaException(
                        fresh.recordCount() + " record(s) for " + name + " could not be compressed: " + e, e);
                losses.giveUpTaken(fresh, cause, nowNanos);
                return null;
            }
            next = outstanding.add(fresh);
            sender.gate().onSent(nowNanos);
            sender.metrics().stages().onTaken(nowNanos - fresh.createdNanos(), fresh.recordCount(), nowNanos);
        } else {
            outstanding.prepareAgain(next);
        }
        next.stamp();
        outstanding.onSent(next);
        next.onSent(leaderId, outstanding.isOldest(next), nowNanos);
        return next;
    }

    void onWritten(OutboundBatch batch, long baseOffset, long logAppendTime, long nowNanos) {
        sender.gate().onAnswered(ErrorCode.NONE, nowNanos);
        batch.onAttemptEnded(sender.metrics().stages(), nowNanos);
        markWritten(batch, baseOffset, logAppendTime);
        update(nowNanos);
    }

    private void markWritten(OutboundBatch batch, long baseOffset, long logAppendTime) {
        if (!batch.isDone()) {
            batch.onDone(new BatchResult.Written(baseOffset, logAppendTime));
            outstanding.onWritten(batch);
        }
    }

    void onOutcome(OutboundBatch batch, BatchOutcome outcome, long nowNanos) {
        sender.gate().onAnswered(outcome.error(), nowNanos);
        batch.onAttemptEnded(sender.metrics().stages(), nowNanos);
        if (!batch.isDone()) {
            Verdict verdict = Verdict.of(outcome.error(), sender.identities().isIdempotent());
            if (verdict == Verdict.WRITTEN) {
                markWritten(batch, outcome.baseOffset(), outcome.logAppendTime());
            } else {
                if (!Verdict.saysNotWritten(outcome.error())) {
                    batch.markMaybeWritten();
                }
                if (outcome.error().invalidatesMetadata()) {
                    sender.needs().refreshTopic(topic(), nowNanos);
                }
                if (outcome.error() == ErrorCode.UNKNOWN_TOPIC_ID
                        || outcome.error() == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) {
                    outstanding.onLogGone(batch);
                }
                batch.onAttemptFailed(outcome.cause());
                onRefused(batch, verdict, outcome, nowNanos);
            }
        }
        update(nowNanos);
    }

    private void onRefused(OutboundBatch batch, Verdict verdict, BatchOutcome outcome, long nowNanos) {
        KafkaException cause = outcome.cause() == null
                ? new KafkaException("Broker answered " + outcome.error() + " for " + name)
                : outcome.cause();
        switch (verdict) {
            case TOO_LARGE -> onTooLarge(batch, cause, nowNanos);
            case SEQUENCE -> {
                if (sender.gate().isTransactional() && outstanding.isSequenceLost(batch, outcome.error())) {
                    // Only the coordinator gives a new epoch, between transactions.
                    losses.giveUp(batch, cause, null, nowNanos);
                    return;
                }
                switch (outstanding.onSequenceRefused(batch)) {
                    case GO_AGAIN -> countRetry(batch, nowNanos);
                    case BACK_OFF -> retryLater(batch, nowNanos);
                    case RESTART -> {
                        countRetry(batch, nowNanos);
                        sender.askForIdentityIfNone(nowNanos);
                    }
                    case GIVE_UP -> losses.giveUp(batch, cause, null, nowNanos);
                }
            }
            case RETRY -> retry(batch, cause, outcome.error(), nowNanos);
            default -> losses.giveUp(batch, cause, outcome.recordCauses(), nowNanos);
        }
    }

    private void onTooLarge(OutboundBatch batch, KafkaException cause, long nowNanos) {
        // A broker would not recognise a part as the double of a part of the whole, if that was written.
        boolean mustStayWhole = sender.identities().isIdempotent() && batch.maybeWritten();
        if (batch.recordCount() == 1 || mustStayWhole) {
            losses.giveUp(batch, cause, null, nowNanos);
            return;
        }
        topic.onTooLarge(batch.sizeBytes());
        int place = outstanding.placeOf(batch);
        flushes.onSplit(place, outstanding.split(batch, sender.splitter(), topic));
        sender.metrics().onSplit(nowNanos);
    }

    /** The connection went before an answer came. */
    void onLost(OutboundBatch batch, KafkaException cause, boolean mayHaveArrived, long nowNanos) {
        batch.onAttemptEnded(sender.metrics().stages(), nowNanos);
        if (!batch.isDone()) {
            if (mayHaveArrived) {
                batch.markMaybeWritten();
            }
            sender.needs().refreshTopic(topic(), nowNanos);
            batch.onAttemptFailed(cause);
            retry(batch, cause, ErrorCode.NETWORK_EXCEPTION, nowNanos);
        }
        update(nowNanos);
    }

    private void retry(OutboundBatch batch, KafkaException cause, ErrorCode error, long nowNanos) {
        if (error == ErrorCode.CONCURRENT_TRANSACTIONS) {
            countRetry(batch, nowNanos); // the last transaction's end is on its way to this partition (KIP-890)
            backOff(batch, sender.shortBackoffNanos(batch.failures()), nowNanos);
            return;
        }
        if (batch.failures() > sender.settings().retryCount()) {
            losses.giveUp(batch, cause, null, nowNanos);
            return;
        }
        retryLater(batch, nowNanos);
    }

    private void retryLater(OutboundBatch batch, long nowNanos) {
        countRetry(batch, nowNanos);
        backOff(batch, sender.backoffNanos(batch.failures()), nowNanos);
    }

    private void countRetry(OutboundBatch batch, long nowNanos) {
        sender.metrics().onRetried(batch.topic(), batch.recordCount(), nowNanos);
    }

    private void backOff(OutboundBatch batch, long backoffNanos, long nowNanos) {
        if (batch.nodeId() != leaderId) {
            return; // somebody else leads by now and may be asked at once
        }
        backoff.begin(nowNanos + backoffNanos);
    }

    /** Gives up all that waits; what is in flight ends with an unknown outcome. */
    void abort(Supplier<KafkaException> cause, long nowNanos) {
        losses.giveUpAll(batch -> true, cause, nowNanos);
        update(nowNanos);
    }

    private void tellDone(long nowNanos) {
        for (OutboundBatch done = outstanding.pollDone(); done != null; done = outstanding.pollDone()) {
            ProducerBatch batch = done.batch();
            done.onHandedOver(nowNanos);
            sender.completions().submitQuietly(new BatchCompletion(name, batch.promises(), done.result(), done));
            flushes.onCompleted(sender.completions());
        }
    }

    /** Any thread: as {@link Sender#onTold}. */
    void onTold(ProducerBatch batch, long sinceNanos) {
        sender.onTold(batch, sinceNanos);
    }

    /** Has the ticket told when all that is here now is complete. */
    void flush(FlushTicket ticket, long nowNanos) {
        flushes.add(ticket, outstanding.size(), queue.batchCount());
        update(nowNanos);
    }

    void onLeader(int newLeaderId, long nowNanos) {
        if (newLeaderId != leaderId) {
            leaveLine();
            leaderId = newLeaderId;
            backoff.end();
            update(nowNanos);
        }
    }

    /** Before anything is sent under this id. */
    void onTopicId(@Nullable UUID id) {
        if (id != null && !id.equals(topicId)) {
            topicId = id;
            outstanding.onNewLog();
        }
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
