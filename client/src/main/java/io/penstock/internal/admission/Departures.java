package io.penstock.internal.admission;

import io.penstock.errors.ApiException;
import io.penstock.errors.BufferExhaustedException;
import io.penstock.errors.KafkaException;
import io.penstock.internal.accumulator.PageRequest;
import org.jspecify.annotations.Nullable;

/**
 * How a record leaves the waiting line, admitted or failed, and who hears of it.
 *
 * <p>Any thread, without a lock held. Each record departs once: its futures are told first, and those who wait for it to pass
 * after them. One that is claimed does not depart but by {@link #endClaimed}.
 */
final class Departures {

    private final Admission<?, ?> admission;
    private final WaitingLedger ledger;

    Departures(Admission<?, ?> admission, WaitingLedger ledger) {
        this.admission = admission;
        this.ledger = ledger;
    }

    /** Ends the wait of a record whose attempt is over; admission thread. */
    void endClaimed(WaitingRecord record, @Nullable KafkaException cause) {
        ledger.release(record);
        end(record, cause);
    }

    /**
     * Ends one record's wait, and tells those whom it concerns; only dooms it while it is being admitted.
     *
     * @return the line if the record stood first in it and others remain, else null
     */
    @Nullable
    Line end(WaitingRecord record, @Nullable KafkaException cause) {
        WaitingLedger.Departure departure = ledger.leave(record, cause);
        if (departure == null) {
            return null;
        }
        giveBack(departure.request());
        tell(record, cause);
        // Only now does it no longer count: who waited for it to pass hears of it after the record's own futures.
        ledger.pass(record).forEach(passed -> passed.complete(null));
        return departure.next();
    }

    private void giveBack(@Nullable PageRequest request) {
        if (request != null) {
            admission.rooms().accumulator().pool().cancel(request);
            request.giveBackRest();
        }
    }

    private void tell(WaitingRecord record, @Nullable KafkaException cause) {
        CallerWait caller = record.caller();
        long now = admission.rooms().clock().nanoTime();
        long joined = record.deadlineNanos() - admission.limits().maxBlockNanos();
        admission.rooms().metrics().stages().onWaited(now - joined, now);
        if (cause == null) {
            admission.rooms().completions().submit(record.delivery()::admit);
        } else if (caller == null) {
            refuse(record, cause);
        }
        if (cause instanceof BufferExhaustedException) {
            admission.rooms().metrics().onBufferExhausted(now);
        }
        if (caller != null) {
            caller.settle(cause); // a call that blocks reports the failure itself, and before it returns
        }
    }

    private void refuse(WaitingRecord record, KafkaException cause) {
        admission
                .rooms()
                .metrics()
                .onRefused(
                        record.draft().record().topic(),
                        admission.rooms().clock().nanoTime());
        admission.rooms().gate().onRefused(cause);
        admission.rooms().completions().submit(() -> {
            record.delivery().refuse(cause);
            record.draft().promise().refuse(Admission.nowhere(record.draft().record()), cause);
        });
    }

    /** What to tell a record whose time is over. */
    ApiException timeout(WaitingRecord record, long waitedNanos) {
        if (ledger.waitsForMemory(record)) {
            return admission.noMemory(waitedNanos);
        }
        return admission
                .metadata()
                .notThere(
                        record.draft().record().topic(), record.draft().record().partition(), waitedNanos);
    }
}
