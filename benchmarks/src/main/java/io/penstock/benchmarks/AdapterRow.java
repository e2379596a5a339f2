package io.penstock.benchmarks;

import static io.penstock.benchmarks.Statistics.median;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Penstock behind Apache's interface, beside both others: which part of the gain the translation takes. */
final class AdapterRow {

    static final String HEAD =
            "| work | kafka-clients: CPU s/M (records/s) | Penstock | Penstock behind Apache's interface"
                    + " | bytes allocated a record | part of the gain it takes (spread) | mark | met |\n|---|---|---|---|---|---|---|---|";

    private AdapterRow() {}

    static List<String> measure(Workload workload, Child broker, String bootstrap, Effort effort, Report report)
            throws IOException {
        List<Contest.Lane<Window>> lanes = ThroughputRow.contest(broker, effort)
                .run(
                        List.of(
                                Contender.of("kafka-clients", Side.KAFKA, workload.name(), bootstrap),
                                Contender.of("Penstock", Side.PENSTOCK, workload.name(), bootstrap),
                                Contender.of("adapter", Side.ADAPTER, workload.name(), bootstrap)),
                        effort.window(),
                        effort.window());
        List<Window> kafka = lanes.get(0).windows();
        List<Window> penstock = lanes.get(1).windows();
        List<Window> adapter = lanes.get(2).windows();
        double[] parts = new double[kafka.size()];
        for (int i = 0; i < parts.length; i++) {
            double ours = penstock.get(i).cpuSecondsPerMillion();
            double gain = kafka.get(i).cpuSecondsPerMillion() - ours;
            parts[i] = (adapter.get(i).cpuSecondsPerMillion() - ours) / gain;
        }
        Arrays.sort(parts);
        String name = workload.name() + ": behind Apache's interface";
        return List.of(String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %.0f, %.0f, %.0f | %s | %.2f | %s |",
                workload.name(),
                ThroughputRow.cost(kafka),
                ThroughputRow.cost(penstock),
                ThroughputRow.cost(adapter),
                median(kafka, Window::allocatedBytes),
                median(penstock, Window::allocatedBytes),
                median(adapter, Window::allocatedBytes),
                ThroughputRow.spread(parts),
                Marks.ADAPTER.ratio(),
                report.judge(name, Marks.ADAPTER, parts[parts.length / 2])));
    }
}
