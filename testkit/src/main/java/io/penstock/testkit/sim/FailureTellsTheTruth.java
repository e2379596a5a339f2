package io.penstock.testkit.sim;

import io.penstock.errors.RecordOutcome;

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
            if (outcome == RecordOutcome.WRITTEN && !stored) {
                parts.findings().add("FailureTellsTheTruth", record + " is nowhere");
            }
        }
    }
}
