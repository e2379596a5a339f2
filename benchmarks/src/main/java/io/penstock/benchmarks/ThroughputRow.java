package io.penstock.benchmarks;

import static io.penstock.benchmarks.Statistics.median;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * As many records as each producer can send: both on the first core, each a process of its own, the broker on the second, windows
 * taken in turn.
 */
final class ThroughputRow {

    static final String HEAD = "| work | kafka-clients: CPU s/M (records/s) | Penstock | ratio (spread) | mark"
            + " | bytes allocated a record | collections/M | compiler, CPU s/M | broker busy |\n"
            + "|---|---|---|---|---|---|---|---|---|\n";

    /** Of a warm window's CPU time. */
    private static final double MAX_COMPILER_SHARE = 0.1;

    private final Workload workload;
    private final List<Window> kafka = new ArrayList<>();
    private final List<Window> penstock = new ArrayList<>();
    private double kafkaBrokerBusy;
    private double penstockBrokerBusy;

    private ThroughputRow(Workload workload) {
        this.workload = workload;
    }

    static ThroughputRow measure(Workload workload, Child broker, String bootstrap, Effort effort)
            throws IOException, InterruptedException {
        ThroughputRow row = new ThroughputRow(workload);
        try (Child a = Child.start(0, Worker.class, "kafka", bootstrap, workload.name());
                Child b = Child.start(0, Worker.class, "penstock", bootstrap, workload.name())) {
            a.read();
            b.read();
            String order = "window " + effort.windowSeconds();
            for (int i = 0; i < effort.mostWarmups(); i++) {
                Window first = Window.parse(a.ask(order));
                Window second = Window.parse(b.ask(order));
                if (i + 1 >= effort.warmups() && isWarm(first) && isWarm(second)) {
                    break;
                }
            }
            for (int i = 0; i < effort.rounds(); i++) {
                double began = broker.cpuSeconds();
                row.kafka.add(Window.parse(a.ask(order)));
                double between = broker.cpuSeconds();
                row.penstock.add(Window.parse(b.ask(order)));
                row.kafkaBrokerBusy += between - began;
                row.penstockBrokerBusy += broker.cpuSeconds() - between;
            }
        }
        return row;
    }

    private static boolean isWarm(Window window) {
        return window.compileSeconds() < MAX_COMPILER_SHARE * window.cpuSeconds();
    }

    double ratio() {
        return ratios()[kafka.size() / 2];
    }

    private double[] ratios() {
        return Statistics.sortedRatios(kafka, penstock, Window::cpuSecondsPerMillion);
    }

    private static double busy(double brokerSeconds, List<Window> windows) {
        return 100
                * brokerSeconds
                / windows.stream().mapToDouble(Window::wallSeconds).sum();
    }

    /** A line of the table. */
    @Override
    public String toString() {
        double[] ratios = ratios();
        long failed = kafka.get(kafka.size() - 1).failed()
                + penstock.get(penstock.size() - 1).failed();
        return String.format(
                Locale.ROOT,
                "| %s | %.2f (%.2f M/s) | %.2f (%.2f M/s) | **%.2f** (%.2f-%.2f)%s | %.2f | %.0f, %.0f | %.1f, %.1f"
                        + " | %.2f, %.2f | %.0f %%, %.0f %% |",
                workload.name(),
                median(kafka, Window::cpuSecondsPerMillion),
                median(kafka, Window::recordsPerSecond) / 1e6,
                median(penstock, Window::cpuSecondsPerMillion),
                median(penstock, Window::recordsPerSecond) / 1e6,
                ratio(),
                ratios[0],
                ratios[ratios.length - 1],
                failed == 0 ? "" : ", " + failed + " FAILED",
                workload.markRatio(),
                median(kafka, Window::allocatedBytes),
                median(penstock, Window::allocatedBytes),
                median(kafka, Window::collectionsPerMillion),
                median(penstock, Window::collectionsPerMillion),
                median(kafka, Window::compileSecondsPerMillion),
                median(penstock, Window::compileSecondsPerMillion),
                busy(kafkaBrokerBusy, kafka),
                busy(penstockBrokerBusy, penstock));
    }
}
