package io.penstock.benchmarks;

import static io.penstock.benchmarks.Statistics.median;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** A steady number of records a second with {@code linger.ms=0}: how long each takes, and what a request costs. */
final class PacedRow {

    static final String LATENCY_HEAD =
            "| rate, broker | producer | p50 | p99 | p99.9 | highest | CPU s/M | spread of p50 | p50, p99, p99.9 met |\n"
                    + "|---|---|---|---|---|---|---|---|---|";
    static final String REQUEST_HEAD =
            "| producer | requests/s | loop and callback CPU a request | bytes allocated there"
                    + " a request | spread of CPU | CPU met, bytes met |\n|---|---|---|---|---|---|";

    /** Records a second, of which each gets a request of its own. */
    static final int ONE_BY_ONE = 10_000;

    private static final double[] TAIL = {99, 99.9};
    private static final String LINGER = "linger.ms=0";

    private final String what;
    private final int rate;
    private final List<PacedWindow> kafka;
    private final List<PacedWindow> penstock;

    /** The thread that paces the sends, without a producer. */
    private final List<PacedWindow> nobody;

    /** A loop that makes the system calls of a producer, and nothing else. */
    private final List<PacedWindow> bareLoop;

    /** Empty where there is none. */
    private final List<PacedWindow> librdkafka;

    private PacedRow(String what, int rate, List<Contest.Lane<PacedWindow>> lanes) throws IOException {
        this.what = what;
        this.rate = rate;
        this.kafka = lanes.get(0).windows();
        this.penstock = lanes.get(1).windows();
        this.nobody = lanes.get(2).windows();
        this.bareLoop = lanes.get(3).windows();
        this.librdkafka = lanes.size() < 5 || lanes.get(4).hasFailed()
                ? List.of()
                : lanes.get(4).windows();
    }

    /** All producers, windows taken in turn. */
    static PacedRow measure(String what, int rate, Child broker, Optional<Librdkafka> librdkafka, Effort effort)
            throws IOException {
        String order = "paced " + rate + " " + effort.pacedSeconds();
        String bootstrap = broker.greeting();
        Workload workload = Workloads.ALL.get(0);
        List<Contender> contenders = new ArrayList<>(ThroughputRow.bothSides(workload, bootstrap, LINGER));
        contenders.add(Contender.of("nobody", Side.NOBODY, workload.name(), bootstrap));
        contenders.add(Contender.of("bare loop", Side.BARE_LOOP, workload.name(), bootstrap));
        librdkafka.ifPresent(each -> contenders.add(each.contender(workload, bootstrap, LINGER)));
        Contest<PacedWindow> contest = new Contest<>(broker, effort.patient(), PacedWindow::parse, PacedWindow::isWarm);
        return new PacedRow(what, rate, contest.run(contenders, order, order));
    }

    List<String> latencyLines(Report report) {
        Histogram theirs = all(kafka);
        Histogram ours = all(penstock);
        List<String> lines = new ArrayList<>();
        Histogram alone = all(nobody);
        Histogram bare = all(bareLoop);
        lines.add(latencyLine("nobody: the thread that paces the sends, alone", alone, nobody, ""));
        lines.add(latencyLine("a bare loop: a producer's system calls, no producer", bare, bareLoop, ""));
        lines.add(latencyLine("kafka-clients", theirs, kafka, ""));
        if (!librdkafka.isEmpty()) {
            lines.add(latencyLine("librdkafka", all(librdkafka), librdkafka, ""));
        }
        List<String> verdicts = new ArrayList<>();
        verdicts.add(report.judge(
                what + ": p50 to kafka-clients'",
                Marks.medianLatency(rate).because(why(50, alone, bare)),
                (double) ours.getValueAtPercentile(50) / theirs.getValueAtPercentile(50)));
        for (double percentile : TAIL) {
            double least = theirs.getValueAtPercentile(percentile);
            if (!librdkafka.isEmpty()) {
                least = Math.min(least, all(librdkafka).getValueAtPercentile(percentile));
            }
            String name = what + ": p" + (percentile == 99 ? "99" : "99.9") + " to the lower of the others";
            verdicts.add(report.judge(
                    name,
                    Marks.BELOW.because(why(percentile, alone, bare)),
                    ours.getValueAtPercentile(percentile) / least));
        }
        lines.add(latencyLine("Penstock", ours, penstock, String.join("; ", verdicts)));
        return lines;
    }

    private static String why(double percentile, Histogram alone, Histogram bare) {
        return String.format(
                Locale.ROOT,
                "without any producer the thread that paces the sends has %.0f us here, and a loop that only makes a producer's system"
                        + " calls has %.0f us: a record waits for the core four times, its caller does, the loop for the record and for the"
                        + " answer, and the callback thread",
                alone.getValueAtPercentile(percentile) / 1e3,
                bare.getValueAtPercentile(percentile) / 1e3);
    }

    private static Histogram all(List<PacedWindow> windows) {
        Histogram all = windows.get(0).latencies().copy();
        windows.subList(1, windows.size()).forEach(each -> all.add(each.latencies()));
        return all;
    }

    private String latencyLine(String name, Histogram all, List<PacedWindow> windows, String verdicts) {
        double[] medians =
                windows.stream().mapToDouble(each -> each.micros(50)).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.0f us | %.0f us | %.0f us | %.1f ms | %.2f | %.0f-%.0f us | %s |",
                what,
                name,
                all.getValueAtPercentile(50) / 1e3,
                all.getValueAtPercentile(99) / 1e3,
                all.getValueAtPercentile(99.9) / 1e3,
                all.getMaxValue() / 1e6,
                median(windows, each -> each.cpuSeconds() * 1e6 / each.records()),
                medians[0],
                medians[medians.length - 1],
                verdicts);
    }

    List<String> requestLines(Report report) {
        double cpu = middle(Statistics.sortedRatios(kafka, penstock, PacedWindow::microsPerRequest));
        double bytes = middle(Statistics.sortedRatios(kafka, penstock, PacedWindow::bytesPerRequest));
        return List.of(
                requestLine("a bare loop", bareLoop, ""),
                requestLine("kafka-clients", kafka, ""),
                requestLine(
                        "Penstock",
                        penstock,
                        String.format(
                                Locale.ROOT,
                                "ratio %.2f, %s; ratio %.2f, %s",
                                cpu,
                                report.judge("One record a request: CPU", Marks.REQUEST_CPU, cpu),
                                bytes,
                                report.judge("One record a request: allocation", Marks.REQUEST_ALLOCATION, bytes))));
    }

    private static double middle(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static String requestLine(String name, List<PacedWindow> windows, String verdict) {
        double[] costs = windows.stream()
                .mapToDouble(PacedWindow::microsPerRequest)
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.1f us | %.0f | %.1f-%.1f us | %s |",
                name,
                median(windows, each -> each.requests() / each.seconds()),
                median(windows, PacedWindow::microsPerRequest),
                median(windows, PacedWindow::bytesPerRequest),
                costs[0],
                costs[costs.length - 1],
                verdict);
    }
}
