package io.penstock.internal.admission;

import io.penstock.errors.BufferExhaustedException;
import io.penstock.errors.KafkaException;
import io.penstock.internal.accumulator.AppendOutcome;
import io.penstock.internal.accumulator.PartitionQueue;
import io.penstock.producer.TopicPartition;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Asynchronously sent records that cannot be admitted yet: their topic or partition is not known, or there is no memory.
 *
 * <p>In fact many lines, one for each thing waited for (a topic, a partition of it, a partition's memory), so that none holds up
 * another; within one, records keep their order. This is the callers' side, for any thread, and has no state of its own: callers
 * join and withdraw here; the {@link WaitingLedger} knows who waits; the {@link LineServer} admits, and the {@link LineExpiry}
 * fails, on the admission thread; whoever leaves does so through {@link Departures}. No lock is held while user code runs.
 */
final class WaitingLine {

    private final Admission<?, ?> admission;
    private final WaitingLedger ledger;
    private final Departures departures;
    private final LineServer server;
    private final LineExpiry expiry;

    WaitingLine(Admission<?, ?> admission, AdmissionExecutor executor) {
        this.admission = admission;
        this.ledger = new WaitingLedger(
                admission.rooms().topicWaiters(), admission.limits().maxWaitingBytes());
        this.departures = new Departures(admission, ledger);
        this.server = new LineServer(admission, ledger, departures, executor);
        this.expiry = new LineExpiry(
                ledger, departures, server, executor, admission.limits().maxBlockNanos());
    }

    boolean isInUse() {
        return ledger.isInUse();
    }

    /**
     * Puts the record into its batch, or where it has to wait. Never blocks.
     *
     * @param caller the call that is going to {@link #await} the record, or null
     * @return null when it is in its batch
     */
    @Nullable
    WaitingRecord admit(Draft draft, @Nullable KnownTopic topic, @Nullable CallerWait caller) {
        Object key = metadataKey(draft, topic);
        if (key != null || topic == null) {
            return join(draft, key == null ? draft.record().topic() : key, null, caller);
        }
        PartitionChoice choice = admission.choose(draft, topic);
        AppendOutcome outcome = choice.append(null, queue -> ledger.lineBefore(queue) != null);
        if (outcome == AppendOutcome.CLOSED) {
            throw Admission.closed();
        }
        return outcome == AppendOutcome.NEEDS_MEMORY ? join(draft, lineOf(choice.queue()), choice, caller) : null;
    }

    private Object lineOf(PartitionQueue queue) {
        Object begun = ledger.lineBefore(queue);
        return begun == null ? queue : begun;
    }

    /** The metadata line that the record belongs into; null when it need not wait for metadata. */
    private @Nullable Object metadataKey(Draft draft, @Nullable KnownTopic topic) {
        String name = draft.record().topic();
        TopicPartition named = draft.namedPartition();
        Object begun = ledger.firstLine(name, named);
        if (begun != null || topic != null) {
            return begun;
        }
        return named != null && admission.metadata().find(name, null) != null ? named : name;
    }

    private WaitingRecord join(Draft draft, Object key, @Nullable PartitionChoice choice, @Nullable CallerWait caller) {
        WaitingRecord waiting = new WaitingRecord(draft, expiry.deadlineNanos(), caller);
        if (choice != null) {
            waiting.choice(choice);
        }
        Line begun = add(waiting, key);
        expiry.schedule();
        if (begun != null) {
            server.begin(begun);
        }
        return waiting;
    }

    private @Nullable Line add(WaitingRecord waiting, Object key) {
        try {
            return ledger.add(waiting, key);
        } catch (BufferExhaustedException full) {
            admission
                    .rooms()
                    .metrics()
                    .onBufferExhausted(admission.rooms().clock().nanoTime());
            throw full;
        }
    }

    /**
     * Blocks the caller until its record is in a batch.
     *
     * @throws KafkaException when it never will be, whoever has found that out: the call reports it, its future does not
     * @throws InterruptedException the same for an interrupt
     */
    void await(WaitingRecord record, CallerWait wait, long maxWaitNanos) throws InterruptedException {
        InterruptedException interrupt = null;
        KafkaException cause;
        try {
            if (wait.await(admission.rooms().parking().nanoTime() + maxWaitNanos)) {
                return;
            }
            cause = departures.timeout(record, maxWaitNanos);
        } catch (InterruptedException e) {
            interrupt = e;
            cause = new KafkaException("Interrupted");
        } catch (KafkaException e) {
            cause = e;
        }
        boolean left = withdraw(record, cause);
        if (interrupt != null && left) {
            throw interrupt;
        }
        if (left) {
            throw cause;
        }
        if (interrupt != null) {
            Thread.currentThread().interrupt(); // too late to take the record back
        }
    }

    /** Takes a record out of the line, if it stands there still; false when it was admitted meanwhile. */
    private boolean withdraw(WaitingRecord record, KafkaException cause) {
        server.serveSoon(departures.end(record, cause));
        return ledger.awaitFailure(record);
    }

    /** Done when all that wait now have been admitted or have failed. */
    CompletableFuture<Void> whenPassed() {
        return ledger.whenPassed();
    }

    /** How many bytes wait; for tests. */
    long waitingBytes() {
        return ledger.waitingBytes();
    }

    /** Fails whatever waits; nothing joins any more. */
    void close() {
        for (WaitingRecord each : ledger.close()) {
            departures.end(
                    each,
                    new KafkaException("The producer was closed while the record for "
                            + each.draft().record().topic() + " waited to be admitted; it was not written"));
        }
    }
}
