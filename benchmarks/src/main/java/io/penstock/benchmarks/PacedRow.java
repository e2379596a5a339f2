package io.penstock.benchmarks;

import static io.penstock.benchmarks.Statistics.median;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** A steady number of records a second with {@code linger.ms=0}: how long each takes, and what a request costs. */
final class PacedRow {

    static final String LATENCY_HEAD =
            "| rate, broker | producer | p50 | p99 | p99.9 | highest | CPU s/M | spread of p50 |\n"
                    + "|---|---|---|---|---|---|---|---|\n";
    static final String REQUEST_HEAD =
            "| producer | requests/s | loop and callback CPU a request | bytes allocated there"
                    + " a request | spread of CPU |\n|---|---|---|---|---|\n";

    private static final int WARMUP_SECONDS = 3;
    private static final double WINDOW_SECONDS = 1.5;

    private final String name;
    private final List<PacedWindow> windows = new ArrayList<>();

    private PacedRow(String name) {
        this.name = name;
    }

    /** Both producers, windows taken in turn. */
    static List<PacedRow> measure(int rate, String bootstrap, Effort effort) throws IOException, InterruptedException {
        PacedRow kafka = new PacedRow("kafka-clients");
        PacedRow penstock = new PacedRow("Penstock");
        String workload = Workloads.ALL.get(0).name();
        try (Child a = Child.start(0, Worker.class, "kafka", bootstrap, workload, "linger.ms=0");
                Child b = Child.start(0, Worker.class, "penstock", bootstrap, workload, "linger.ms=0")) {
            a.read();
            b.read();
            a.ask("paced " + rate + " " + WARMUP_SECONDS);
            b.ask("paced " + rate + " " + WARMUP_SECONDS);
            for (int i = 0; i < effort.rounds(); i++) {
                kafka.windows.add(PacedWindow.parse(a.ask("paced " + rate + " " + WINDOW_SECONDS)));
                penstock.windows.add(PacedWindow.parse(b.ask("paced " + rate + " " + WINDOW_SECONDS)));
            }
        }
        return List.of(kafka, penstock);
    }

    String latencyLine(String what) {
        Histogram all = new Histogram(windows.get(0).latencies());
        windows.subList(1, windows.size()).forEach(each -> all.add(each.latencies()));
        double[] medians =
                windows.stream().mapToDouble(each -> each.micros(50)).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.0f us | %.0f us | %.0f us | %.1f ms | %.2f | %.0f-%.0f us |",
                what,
                name,
                all.getValueAtPercentile(50) / 1e3,
                all.getValueAtPercentile(99) / 1e3,
                all.getValueAtPercentile(99.9) / 1e3,
                all.getMaxValue() / 1e6,
                median(windows, each -> each.cpuSeconds() * 1e6 / each.records()),
                medians[0],
                medians[medians.length - 1]);
    }

    String requestLine() {
        double[] costs = windows.stream()
                .mapToDouble(PacedWindow::microsPerRequest)
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.1f us | %.0f | %.1f-%.1f us |",
                name,
                median(windows, each -> each.requests() / WINDOW_SECONDS),
                median(windows, PacedWindow::microsPerRequest),
                median(windows, PacedWindow::bytesPerRequest),
                costs[0],
                costs[costs.length - 1]);
    }
}
