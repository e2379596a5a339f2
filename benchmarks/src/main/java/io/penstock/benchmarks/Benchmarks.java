package io.penstock.benchmarks;

import io.penstock.testkit.DiscardingBroker;
import java.nio.file.Path;
import java.util.List;

/**
 * Penstock beside {@code kafka-clients}.
 *
 * <pre>
 *   full DOCUMENT    every row, written between the marks of that document: about ten minutes
 *   short            the main rows, printed: less than two minutes
 *   rows PART        the rows whose names contain PART, printed
 * </pre>
 */
public final class Benchmarks {

    private static final List<Integer> RATES = List.of(10_000, 50_000, 200_000);
    private static final int ONE_BY_ONE_RATE = 10_000;
    private static final List<String> REAL_ROWS = List.of("100 B, 1 partition", "1 KiB, defaults");

    private final Effort effort;
    private final Report report = new Report();

    private Benchmarks(Effort effort) {
        this.effort = effort;
    }

    public static void main(String[] args) throws Exception {
        switch (args.length == 0 ? "short" : args[0]) {
            case "full" -> {
                Benchmarks all = new Benchmarks(Effort.FULL);
                all.everything();
                all.report.writeTo(Path.of(args[1]));
            }
            case "short" -> new Benchmarks(Effort.SHORT).throughput("");
            case "rows" -> new Benchmarks(Effort.FULL).throughput(args[1]);
            default -> throw new IllegalArgumentException("full DOCUMENT, short or rows PART; not " + args[0]);
        }
    }

    private void everything() throws Exception {
        report.machine(effort);
        report.line("");
        report.line("The machine's own limits: " + MachineLimits.measure());
        throughput("");
        latency();
        realBroker();
    }

    private void throughput(String part) throws Exception {
        report.title("Throughput, against a broker that acknowledges at once", ThroughputRow.HEAD);
        for (Workload workload : Workloads.ALL) {
            if (workload.name().contains(part) && (effort.isFull() || workload.isMain())) {
                try (Child broker = Child.start(1, DiscardingBroker.class)) {
                    report.line(ThroughputRow.measure(workload, broker, broker.read(), effort)
                            .toString());
                }
            }
        }
    }

    private void latency() throws Exception {
        report.title(
                "Latency at a steady rate, 100 B, linger 0, from the intended time of each send",
                PacedRow.LATENCY_HEAD);
        for (int rate : RATES) {
            try (Child broker = Child.start(1, DiscardingBroker.class)) {
                for (PacedRow row : PacedRow.measure(rate, broker.read(), effort)) {
                    report.line(row.latencyLine(rate + "/s, discarding"));
                }
            }
        }
    }

    private void realBroker() throws Exception {
        try (Child broker = Child.start(1, RealBroker.class)) {
            String bootstrap = broker.read();
            List<PacedRow> rows = PacedRow.measure(ONE_BY_ONE_RATE, bootstrap, effort);
            for (PacedRow row : rows) {
                report.line(row.latencyLine(ONE_BY_ONE_RATE + "/s, real"));
            }
            report.title("One record a request: 10,000/s, linger 0, real broker", PacedRow.REQUEST_HEAD);
            for (PacedRow row : rows) {
                report.line(row.requestLine());
            }
            report.title(
                    "Cold start: from the start of the JVM to the first acknowledgement, real broker", ColdStart.HEAD);
            for (String line : ColdStart.measure(bootstrap, effort.rounds())) {
                report.line(line);
            }
            report.title("Throughput, against a real broker", ThroughputRow.HEAD);
            for (String name : REAL_ROWS) {
                report.line(ThroughputRow.measure(Workloads.named(name), broker, bootstrap, effort)
                        .toString());
            }
        }
    }
}
