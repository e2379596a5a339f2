package io.penstock.benchmarks;

import io.penstock.testkit.DiscardingBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Rows against a broker that acknowledges at once, a fresh one for each, with a second table of what else was counted. */
final class ThroughputTable {

    private final Report report;
    private final Effort effort;
    private final Optional<Librdkafka> librdkafka;
    private final Supplier<Optional<MachineLimits>> limits;
    private final List<String> details = new ArrayList<>();
    private final List<Workload> missed = new ArrayList<>();

    /** @param limits of the machine, if they have been measured */
    ThroughputTable(
            Report report, Effort effort, Optional<Librdkafka> librdkafka, Supplier<Optional<MachineLimits>> limits) {
        this.report = report;
        this.effort = effort;
        this.librdkafka = librdkafka;
        this.limits = limits;
    }

    void measure(String title, List<Workload> workloads) {
        report.title(title, ThroughputRow.HEAD);
        for (Workload workload : workloads) {
            report.row(workload.name(), () -> {
                try (Child broker = Child.start(1, DiscardingBroker.class)) {
                    String bootstrap = broker.greeting();
                    List<Contender> contenders = new ArrayList<>(ThroughputRow.bothSides(workload, bootstrap));
                    // It sends from one thread, and bytes.
                    if (workload.shape().threads() == 1 && workload.shape().content() != Content.TEXT) {
                        librdkafka.ifPresent(each -> contenders.add(each.contender(workload, bootstrap)));
                    }
                    return told(ThroughputRow.measure(workload, broker, contenders, effort));
                }
            });
        }
        details();
    }

    private List<String> told(ThroughputRow row) throws Exception {
        List<String> lines = row.lines(report);
        details.add(row.details(limits.get()));
        if (!row.meetsItsMark()) {
            missed.add(row.workload());
        }
        return lines;
    }

    /** Whose CPU time missed its mark, of all that were measured. */
    List<Workload> missed() {
        return List.copyOf(missed);
    }

    private void details() {
        report.title("The same rows: what else was counted, kafka-clients and Penstock", ThroughputRow.DETAILS_HEAD);
        details.forEach(report::line);
        details.clear();
    }
}
