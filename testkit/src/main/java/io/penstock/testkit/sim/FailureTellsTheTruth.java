package io.penstock.testkit.sim;

import io.penstock.errors.DuplicateSequenceException;
import io.penstock.errors.RecordOutcome;
import org.jspecify.annotations.Nullable;

/** What failed as not written is nowhere; what failed as written is somewhere; and in calm seeds nothing is unknown. */
final class FailureTellsTheTruth implements Checker {

    @Override
    public void check(Parts parts) {
        for (SimRecord record : parts.history().records()) {
            RecordOutcome outcome = record.outcome();
            if (outcome == null) {
                continue;
            }
            boolean stored = !parts.logs().places(record).isEmpty();
            if (outcome == RecordOutcome.NOT_WRITTEN && stored) {
                parts.findings()
                        .add(
                                "FailureTellsTheTruth",
                                record + " lies at " + parts.logs().places(record));
            }
            if (parts.plan().isIdempotent() && isDouble(record.failure)) {
                parts.findings().add("FailureTellsTheTruth", "what the broker has already is no failure: " + record);
            }
            if (outcome == RecordOutcome.WRITTEN && !stored) {
                parts.findings().add("FailureTellsTheTruth", record + " is nowhere");
            }
        }
    }

    private static boolean isDouble(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DuplicateSequenceException) {
                return true;
            }
        }
        return false;
    }
}
