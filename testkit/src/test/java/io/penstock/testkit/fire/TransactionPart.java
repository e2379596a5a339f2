package io.penstock.testkit.fire;

import io.penstock.testkit.fire.TransactionalWorkload.End;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The transactions' part of a report, in words for people. */
record TransactionPart(TransactionalWorkload workload, TransactionVerdict verdict) {
    static final TransactionPart NONE = new TransactionPart(null, null);

    String text() {
        if (workload == null || verdict == null) {
            return "";
        }
        List<End> ends = workload.ends();
        StringBuilder text = new StringBuilder("transactions\n");
        row(text, "begun", ends.size());
        row(text, "committed", count(ends, End.COMMITTED));
        row(text, "aborted", count(ends, End.ABORTED));
        row(text, "ended unknown", count(ends, End.UNKNOWN));
        row(text, "taken over by another producer", workload.takeovers());
        row(text, "seen by a reader of the committed", verdict.visible());
        row(text, "seen in part", verdict.partial());
        row(text, "committed and not seen", verdict.lost());
        row(text, "aborted and seen", verdict.ghosts());
        row(text, "records seen twice", verdict.doubled());
        row(text, "last one seen", verdict.lastVisible());
        row(text, "position of the input", verdict.groupPosition());
        for (Map.Entry<String, Integer> each : workload.failures().entrySet()) {
            text.append(String.format(Locale.ROOT, "transactions: %d x %s%n", each.getValue(), each.getKey()));
        }
        return text.toString();
    }

    String details() {
        if (workload == null || verdict == null) {
            return "";
        }
        StringBuilder text = new StringBuilder("\ntransactions\n");
        verdict.examples().forEach(line -> text.append("  ").append(line).append('\n'));
        workload.examples().forEach((kind, message) -> text.append("  ")
                .append(kind)
                .append(": ")
                .append(message)
                .append('\n'));
        return text.toString();
    }

    private static long count(List<End> ends, End wanted) {
        return ends.stream().filter(end -> end == wanted).count();
    }

    private static void row(StringBuilder text, String name, long number) {
        text.append(String.format(Locale.ROOT, "%-34s%23d%n", name, number));
    }
}
