package io.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Penstock beside {@code kafka-clients}.
 *
 * <pre>
 *   full DOCUMENT        every table, written between the marks of that document: about half an hour
 *   rehearsal DOCUMENT   the same with windows too short to mean anything, to see that all of it runs
 *   short                the main rows, printed: less than two minutes
 *   rows PART            the rows of the main table whose names contain PART, printed
 *   table NAME [quick]   one table, printed; quick as in a rehearsal
 *   cluster              what a thousand brokers and a million partitions cost, printed; two minutes and 2 GB of heap
 *   profile PART         where the time of the first such row goes, for Penstock and for kafka-clients
 * </pre>
 */
public final class Benchmarks {

    private final Effort effort;
    private final Report report;

    /** By name, in the order of the document. */
    private final Map<String, Runnable> tables = new LinkedHashMap<>();

    private @Nullable MachineLimits limits;

    private Benchmarks(Effort effort, @Nullable Path document, boolean withLibrdkafka) throws IOException {
        this.effort = effort;
        this.report = new Report(document);
        Optional<Librdkafka> librdkafka =
                withLibrdkafka ? Librdkafka.find(Files.createTempDirectory("penstock-bench")) : Optional.empty();
        ThroughputTable throughput = new ThroughputTable(report, effort, librdkafka, this::limits);
        OtherTables others = new OtherTables(report, effort, librdkafka);
        tables.put("machine", () -> machine(librdkafka));
        tables.put(
                "throughput",
                () -> throughput.measure("Throughput, against a broker that acknowledges at once", Workloads.ALL));
        tables.put("latency", others::latency);
        tables.put("real", () -> RealBrokerTables.measure(report, effort, librdkafka));
        tables.put("tls", others::tls);
        tables.put("adapter", others::adapter);
        tables.put("metrics", others::metrics);
        tables.put("known", others::known);
        tables.put("loops", others::loops);
        tables.put("strings", () -> throughput.measure("Values as strings", Workloads.TEXTS));
        tables.put("misses", report::misses);
        tables.put("steps", this::steps);
        tables.put("profiles", () -> profiles(throughput));
    }

    public static void main(String[] args) throws Exception {
        String mode = args.length == 0 ? "short" : args[0];
        switch (mode) {
            case "full" -> new Benchmarks(Effort.FULL, Path.of(args[1]), true).everything();
            case "rehearsal" -> new Benchmarks(Effort.REHEARSAL, Path.of(args[1]), true).everything();
            case "short" ->
                new Benchmarks(Effort.SHORT, null, false)
                        .throughput(
                                Workloads.ALL.stream().filter(Workload::isMain).toList());
            case "rows" -> new Benchmarks(Effort.FULL, null, false).throughput(Workloads.containing(args[1]));
            case "table" -> new Benchmarks(args.length > 2 ? Effort.REHEARSAL : Effort.FULL, null, true).table(args[1]);
            case "cluster" -> new Benchmarks(Effort.FULL, null, false).cluster();
            case "profile" ->
                new Benchmarks(Effort.FULL, null, false)
                        .profile(Workloads.containing(args[1]).get(0), List.of(Side.PENSTOCK, Side.KAFKA));
            default ->
                throw new IllegalArgumentException(
                        "full DOCUMENT, rehearsal DOCUMENT, short, rows PART, table NAME, cluster or profile PART; not "
                                + mode);
        }
        System.exit(0); // whatever still reads from a process that had to be ended
    }

    private void everything() {
        tables.values().forEach(Runnable::run);
        report.finish();
    }

    private void table(String name) {
        Runnable table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("There is no table " + name + ", but " + tables.keySet());
        }
        table.run();
        report.misses();
    }

    private void cluster() {
        report.title("The size of a cluster", BigCluster.HEAD);
        report.row("cluster", BigCluster::measure);
    }

    private void throughput(List<Workload> workloads) {
        new ThroughputTable(report, effort, Optional.empty(), this::limits).measure("Throughput", workloads);
        report.misses();
    }

    private void machine(Optional<Librdkafka> librdkafka) {
        report.row("machine", () -> List.of(Report.machine(effort)));
        report.line("");
        report.row("limits", () -> {
            limits = MachineLimits.measure();
            return List.of("The machine's own limits: " + limits);
        });
        report.line("");
        report.line(
                librdkafka.isPresent()
                        ? "librdkafka " + librdkafka.get().version()
                                + ", as the machine's packages have it, driven from C."
                        : "Without librdkafka: the machine has none, or no C compiler.");
    }

    private Optional<MachineLimits> limits() {
        return Optional.ofNullable(limits);
    }

    private void steps() {
        report.title("Single steps, by JMH, each alone in a process", Pieces.HEAD);
        report.row("steps", () -> Pieces.measure(effort));
    }

    /** Of the first row, of the one with the most work for a record, and of all that miss their marks. */
    private void profiles(ThroughputTable throughput) {
        Stream<Workload> always = Stream.of(Workloads.ALL.get(0), Workloads.named("100 B, round robin over 10,000"));
        Stream.concat(always, throughput.missed().stream())
                .distinct()
                .forEach(each -> profile(each, List.of(Side.PENSTOCK)));
        report.title("Profile: penstock, 10,000/s, linger 0, one record a request", "");
        report.row("profile", () -> Profile.steady(Side.PENSTOCK, PacedRow.ONE_BY_ONE, effort)
                .lines());
    }

    private void profile(Workload workload, List<String> sides) {
        for (String side : sides) {
            report.title("Profile: " + side + ", " + workload.name(), "");
            report.row("profile", () -> Profile.measure(side, workload, effort).lines());
        }
    }
}
