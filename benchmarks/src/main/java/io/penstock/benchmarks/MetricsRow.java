package io.penstock.benchmarks;

import static io.penstock.benchmarks.Statistics.median;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Penstock against itself, with and without counting anything. */
final class MetricsRow {

    static final String HEAD = "| work | metrics off: CPU s/M (records/s) | metrics on | bytes allocated a record"
            + " | ratio on to off (spread) | mark | met |\n|---|---|---|---|---|---|---|";

    private static final String OFF = "-Dio.penstock.internal.metrics.off=true";

    private MetricsRow() {}

    static List<String> measure(Workload workload, Child broker, String bootstrap, Effort effort, Report report)
            throws IOException {
        List<Contest.Lane<Window>> lanes = ThroughputRow.contest(broker, effort)
                .run(
                        List.of(
                                Contender.withOptions(
                                        "off",
                                        List.of(OFF),
                                        Side.PENSTOCK,
                                        workload.name(),
                                        bootstrap,
                                        "metric.reporters=",
                                        "enable.metrics.push=false"),
                                Contender.of("on", Side.PENSTOCK, workload.name(), bootstrap)),
                        effort.window(),
                        effort.window());
        List<Window> off = lanes.get(0).windows();
        List<Window> on = lanes.get(1).windows();
        double[] ratios = Statistics.sortedRatios(off, on, Window::cpuSecondsPerMillion);
        return List.of(String.format(
                Locale.ROOT,
                "| %s | %s | %s | %.0f, %.0f | %s | %.2f | %s |",
                workload.name(),
                ThroughputRow.cost(off),
                ThroughputRow.cost(on),
                median(off, Window::allocatedBytes),
                median(on, Window::allocatedBytes),
                ThroughputRow.spread(ratios),
                Marks.METRICS.ratio(),
                report.judge(workload.name() + ": metrics on", Marks.METRICS, ratios[ratios.length / 2])));
    }
}
