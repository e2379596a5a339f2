package io.penstock.benchmarks;

import static io.penstock.benchmarks.Statistics.median;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * As many records as each producer can send: all on the first core, each a process of its own, the broker on the second, windows
 * taken in turn.
 */
final class ThroughputRow {

    static final String HEAD =
            "| work | kafka-clients: CPU s/M (records/s) | Penstock | librdkafka | ratio to kafka-clients"
                    + " (spread) | mark | met |\n|---|---|---|---|---|---|---|";

    static final String DETAILS_HEAD = "| work | bytes allocated a record | collections/M"
            + " | compiler, CPU s/M | bytes sent a record | broker busy"
            + " | Penstock, times the machine's floor |\n|---|---|---|---|---|---|---|";

    private final Workload workload;
    private final List<Contest.Lane<Window>> lanes;
    private final List<Window> kafka;
    private final List<Window> penstock;

    /** The first lane is {@code kafka-clients}', the second Penstock's, the third, if there is one, librdkafka's. */
    private ThroughputRow(Workload workload, List<Contest.Lane<Window>> lanes) throws IOException {
        this.workload = workload;
        this.lanes = lanes;
        this.kafka = lanes.get(0).windows();
        this.penstock = lanes.get(1).windows();
    }

    static ThroughputRow measure(Workload workload, Child broker, List<Contender> contenders, Effort effort)
            throws IOException {
        return new ThroughputRow(workload, contest(broker, effort).run(contenders, effort.window(), effort.window()));
    }

    static Contest<Window> contest(Child broker, Effort effort) {
        return new Contest<>(broker, effort, Window::parse, Window::isWarm);
    }

    /** Both sides with what the row sets and these settings. */
    static List<Contender> bothSides(Workload workload, String bootstrap, String... settings) {
        return List.of(
                Contender.of("kafka-clients", Side.KAFKA, workload.name(), bootstrap, settings),
                Contender.of("Penstock", Side.PENSTOCK, workload.name(), bootstrap, settings));
    }

    /** CPU time and rate. */
    static String cost(List<Window> windows) {
        long failed = windows.get(windows.size() - 1).failed();
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f M/s)%s",
                median(windows, Window::cpuSecondsPerMillion),
                median(windows, Window::recordsPerSecond) / 1e6,
                failed == 0 ? "" : ", " + failed + " FAILED");
    }

    /** A median ratio with the lowest and the highest. */
    static String spread(double[] sorted) {
        return String.format(
                Locale.ROOT, "**%.2f** (%.2f-%.2f)", sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    private static double middle(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    /** Lines of the table: the row's own and, where there are more marks than one, theirs. */
    List<String> lines(Report report) throws IOException {
        double[] cpu = Statistics.sortedRatios(kafka, penstock, Window::cpuSecondsPerMillion);
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %s |",
                workload.name(),
                cost(kafka),
                cost(penstock),
                librdkafka(),
                spread(cpu),
                workload.mark().text(),
                report.judge(workload.name(), workload.mark(), middle(cpu))));
        if (workload.isCompressed()) {
            lines.add(figureLine(report, "sent bytes a record", Marks.COMPRESSED_SIZE, Window::sentBytes));
        }
        if (workload.equals(Workloads.ALL.get(0))) {
            lines.add(figureLine(report, "allocated bytes a record", Marks.ALLOCATION, Window::allocatedBytes));
        }
        return lines;
    }

    private String figureLine(Report report, String what, Mark mark, ToDoubleFunction<Window> figure) {
        double[] ratios = Statistics.sortedRatios(kafka, penstock, figure);
        String name = workload.name() + ": " + what;
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | - | %s | %.2f | %s |",
                name,
                median(kafka, figure),
                median(penstock, figure),
                spread(ratios),
                mark.ratio(),
                report.judge(name, mark, middle(ratios)));
    }

    private String librdkafka() {
        if (lanes.size() < 3) {
            return "-";
        }
        try {
            return cost(lanes.get(2).windows());
        } catch (IOException e) {
            return "failed";
        }
    }

    Workload workload() {
        return workload;
    }

    boolean meetsItsMark() {
        return workload.mark().isMet(middle(Statistics.sortedRatios(kafka, penstock, Window::cpuSecondsPerMillion)));
    }

    /** The line of the second table: the first two sides. */
    String details(Optional<MachineLimits> limits) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f, %.0f | %.1f, %.1f | %.2f, %.2f | %.1f, %.1f | %.0f %%, %.0f %% | %s |",
                workload.name(),
                median(kafka, Window::allocatedBytes),
                median(penstock, Window::allocatedBytes),
                median(kafka, Window::collectionsPerMillion),
                median(penstock, Window::collectionsPerMillion),
                median(kafka, Window::compileSecondsPerMillion),
                median(penstock, Window::compileSecondsPerMillion),
                median(kafka, Window::sentBytes),
                median(penstock, Window::sentBytes),
                busy(lanes.get(0)),
                busy(lanes.get(1)),
                limits.map(this::overTheFloor).orElse("-"));
    }

    /** Penstock's CPU time over what summing, copying and writing its bytes takes at least. */
    private String overTheFloor(MachineLimits limits) {
        double floor = limits.floorSecondsPerMillion(median(penstock, Window::sentBytes));
        return String.format(Locale.ROOT, "%.1f", median(penstock, Window::cpuSecondsPerMillion) / floor);
    }

    private static double busy(Contest.Lane<Window> lane) {
        try {
            double wall =
                    lane.windows().stream().mapToDouble(Window::wallSeconds).sum();
            return 100 * lane.brokerSeconds() / wall;
        } catch (IOException e) {
            return 0;
        }
    }
}
