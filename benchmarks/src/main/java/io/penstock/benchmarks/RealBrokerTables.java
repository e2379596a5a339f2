package io.penstock.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is measured against a real Apache Kafka broker, one for all. */
final class RealBrokerTables {

    private static final List<Integer> TRANSACTION_SIZES = List.of(1, 10, 100);
    private static final List<String> ROWS = List.of("100 B, 1 partition", "1 KiB, defaults");

    private final Report report;
    private final Effort effort;
    private final Optional<Librdkafka> librdkafka;
    private final Child broker;
    private final String bootstrap;

    private RealBrokerTables(Report report, Effort effort, Optional<Librdkafka> librdkafka, Child broker)
            throws IOException {
        this.report = report;
        this.effort = effort;
        this.librdkafka = librdkafka;
        this.broker = broker;
        this.bootstrap = broker.greeting();
    }

    static void measure(Report report, Effort effort, Optional<Librdkafka> librdkafka) {
        try (Child broker = Child.start(1, RealBroker.class)) {
            RealBrokerTables tables = new RealBrokerTables(report, effort, librdkafka, broker);
            tables.oneByOne();
            tables.coldStart();
            tables.transactions();
            tables.throughput();
        } catch (IOException e) {
            report.line("");
            report.line("NOT MEASURED: nothing against a real broker, for it did not start: " + e.getMessage());
        }
    }

    private void oneByOne() {
        String what = String.format(Locale.ROOT, "%,d/s, real", PacedRow.ONE_BY_ONE);
        report.title("At 10,000/s against a real broker, linger 0: latency", PacedRow.LATENCY_HEAD);
        List<PacedRow> rows = new ArrayList<>();
        report.row(what, () -> {
            PacedRow row = PacedRow.measure(what, PacedRow.ONE_BY_ONE, broker, librdkafka, effort);
            rows.add(row);
            return row.latencyLines(report);
        });
        report.title("The same: one record a request", PacedRow.REQUEST_HEAD);
        rows.forEach(row -> report.row("requests", () -> row.requestLines(report)));
    }

    private void coldStart() {
        report.title(
                "Cold start: from the start of the JVM to the first acknowledgement, one core, real broker",
                ColdStart.HEAD);
        List<ColdStart> runs = new ArrayList<>();
        report.row("cold start", () -> {
            ColdStart measured = ColdStart.measure(bootstrap, effort);
            runs.add(measured);
            return measured.lines(report);
        });
        report.title("The same: where the CPU time goes", ColdStart.PROFILE_HEAD);
        runs.forEach(measured -> report.row("cold start's profile", measured::profile));
    }

    private void transactions() {
        report.title("Small transactions of 100 B records, one after the other, real broker", TransactionRow.HEAD);
        for (int size : TRANSACTION_SIZES) {
            report.row(
                    "transactions of " + size, () -> TransactionRow.measure(size, broker, bootstrap, effort, report));
        }
    }

    private void throughput() {
        report.title("Throughput against a real broker", ThroughputRow.HEAD);
        for (String name : ROWS) {
            Workload plain = Workloads.named(name);
            Workload row = plain.named(name + ", real broker", plain.mark());
            report.row(row.name(), () -> ThroughputRow.measure(
                            row, broker, ThroughputRow.bothSides(plain, bootstrap), effort)
                    .lines(report));
        }
    }
}
