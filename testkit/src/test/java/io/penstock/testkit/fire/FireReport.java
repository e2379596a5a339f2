package io.penstock.testkit.fire;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a soak did and what came of it, in words for people. */
final class FireReport {

    /** One producer's part. */
    record Outcome(
            WorkloadKind kind,
            Ledger.Hearing hearing,
            LogVerdict log,
            long acknowledged,
            long notWritten,
            long unknown,
            long pending,
            long retries) {}

    private final long seed;
    private final long faultSeconds;
    private final Map<FaultKind, Integer> faults;
    private final List<Outcome> outcomes = new ArrayList<>();
    private TransactionPart transactions = TransactionPart.NONE;

    FireReport(long seed, long faultSeconds, Map<FaultKind, Integer> faults) {
        this.seed = seed;
        this.faultSeconds = faultSeconds;
        this.faults = new EnumMap<>(faults);
    }

    void add(Outcome outcome) {
        outcomes.add(outcome);
    }

    TransactionPart transactions() {
        return transactions;
    }

    List<Outcome> outcomes() {
        return outcomes;
    }

    void transactions(TransactionalWorkload workload, TransactionVerdict verdict) {
        transactions = new TransactionPart(workload, verdict);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        int total = faults.values().stream().mapToInt(Integer::intValue).sum();
        text.append("Real cluster under fire: ")
                .append(faultSeconds)
                .append(" s, ")
                .append(total)
                .append(" faults, seed ")
                .append(seed)
                .append('\n');
        faults.forEach((kind, count) -> row(text, kind.words(), List.of(Integer.toString(count))));
        text.append('\n');
        row(text, "", outcomes.stream().map(each -> each.kind().topic()).toList());
        numbers(text, "records sent", each -> each.hearing().sent());
        numbers(text, "acknowledged", Outcome::acknowledged);
        numbers(text, "failed: not written", Outcome::notWritten);
        numbers(text, "failed: unknown", Outcome::unknown);
        numbers(text, "never completed", Outcome::pending);
        numbers(text, "records sent again", Outcome::retries);
        numbers(
                text,
                "longest wait for an answer, ms",
                each -> millis(each.hearing().longestWaitNanos()));
        numbers(text, "longest stall, ms", each -> millis(each.hearing().longestSilenceNanos()));
        numbers(text, "lost", each -> each.log().lost());
        numbers(text, "in the log twice", each -> each.log().doubled());
        numbers(text, "out of order in the log", each -> each.log().outOfOrder());
        numbers(text, "\"not written\", yet in the log", each -> each.log().notWrittenButThere());
        numbers(text, "at another offset than told", each -> each.log().otherOffset());
        numbers(text, "callbacks out of order", each -> each.hearing().outOfOrder());
        numbers(text, "callbacks called twice", each -> each.hearing().heardTwice());
        for (Outcome each : outcomes) {
            each.hearing()
                    .failures()
                    .forEach((kind, count) -> text.append(String.format(
                            Locale.ROOT, "%n%s: %d x %s", each.kind().topic(), count, kind)));
        }
        return text.append('\n').append(transactions.text()).toString();
    }

    /** The same with examples of what went wrong or failed. */
    String details() {
        StringBuilder text = new StringBuilder(text());
        for (Outcome each : outcomes) {
            text.append('\n').append(each.kind().topic()).append('\n');
            each.log().examples().forEach(line -> text.append("  ").append(line).append('\n'));
            each.hearing()
                    .examples()
                    .forEach(line -> text.append("  ").append(line).append('\n'));
        }
        return text.append(transactions.details()).toString();
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private void numbers(StringBuilder text, String name, java.util.function.ToLongFunction<Outcome> value) {
        row(
                text,
                name,
                outcomes.stream()
                        .map(each -> Long.toString(value.applyAsLong(each)))
                        .toList());
    }

    private static void row(StringBuilder text, String name, List<String> cells) {
        text.append(String.format(Locale.ROOT, "%-34s", name));
        cells.forEach(cell -> text.append(String.format(Locale.ROOT, "%23s", cell)));
        text.append('\n');
    }
}
