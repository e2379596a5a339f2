package io.penstock.internal.admission;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fails the records that have waited for too long.
 *
 * <p>Any thread schedules; the admission thread expires. While records wait, one look is scheduled, for the oldest's deadline.
 */
final class LineExpiry {

    private final WaitingLedger ledger;
    private final Departures departures;
    private final LineServer server;
    private final AdmissionExecutor executor;
    private final long maxBlockNanos;

    LineExpiry(
            WaitingLedger ledger,
            Departures departures,
            LineServer server,
            AdmissionExecutor executor,
            long maxBlockNanos) {
        this.ledger = ledger;
        this.departures = departures;
        this.server = server;
        this.executor = executor;
        this.maxBlockNanos = maxBlockNanos;
    }

    /** When a record that joins now has waited for too long. */
    long deadlineNanos() {
        return executor.nanoTime() + maxBlockNanos;
    }

    void schedule() {
        WaitingRecord oldest = ledger.scheduleExpiry();
        if (oldest != null) {
            executor.executeAfter(Math.max(0, oldest.deadlineNanos() - executor.nanoTime()), this::expire);
        }
    }

    /** Admission thread. */
    private void expire() {
        Set<Line> shortened = new LinkedHashSet<>();
        for (WaitingRecord late = pollLate(); late != null; late = pollLate()) {
            Line line = departures.end(late, departures.timeout(late, maxBlockNanos));
            if (line != null) {
                shortened.add(line);
            }
        }
        schedule();
        shortened.forEach(server::serve);
    }

    private @Nullable WaitingRecord pollLate() {
        return ledger.pollLate(executor.nanoTime());
    }
}
