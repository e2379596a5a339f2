package io.penstock.benchmarks;

import static io.penstock.benchmarks.Statistics.median;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Small transactions one after the other on a real broker: how many, how long each takes, and what it costs. */
final class TransactionRow {

    static final String HEAD = "| records each | producer | transactions/s | p50 | p99 | CPU each"
            + " | ratio of the rates (spread) | rate met, p99 met |\n|---|---|---|---|---|---|---|---|";

    /** Of a window, in windows of sending as fast as it goes. */
    private static final int LENGTH = 3;

    private TransactionRow() {}

    static List<String> measure(int records, Child broker, String bootstrap, Effort effort, Report report)
            throws IOException {
        String workload = Workloads.ALL.get(0).name();
        // Long enough for some hundred of them: a window of sending as fast as it goes holds too few to compare.
        String order = "transactions " + records + " " + LENGTH * effort.windowSeconds();
        List<Contest.Lane<TransactionWindow>> lanes = new Contest<>(
                        broker, effort, TransactionWindow::parse, TransactionWindow::isWarm)
                .run(
                        List.of(
                                Contender.of(
                                        "kafka-clients",
                                        Side.KAFKA,
                                        workload,
                                        bootstrap,
                                        "transactional.id=bench-kafka-" + records),
                                Contender.of(
                                        "Penstock",
                                        Side.PENSTOCK,
                                        workload,
                                        bootstrap,
                                        "transactional.id=bench-penstock-" + records)),
                        order,
                        order);
        List<TransactionWindow> kafka = lanes.get(0).windows();
        List<TransactionWindow> penstock = lanes.get(1).windows();
        double[] slowness = Statistics.sortedRatios(penstock, kafka, TransactionWindow::perSecond);
        double[] rates = Statistics.sortedRatios(kafka, penstock, TransactionWindow::perSecond);
        double p99 =
                (double) all(penstock).getValueAtPercentile(99) / all(kafka).getValueAtPercentile(99);
        String name = "Transactions of " + records + (records == 1 ? " record" : " records");
        String verdict = report.judge(
                        name + ": rate, kafka-clients' over ours",
                        Marks.TRANSACTION_RATE,
                        slowness[slowness.length / 2])
                + "; "
                + report.judge(name + ": p99", Marks.BELOW, p99);
        return List.of(
                line(records, "kafka-clients", kafka, " | "),
                line(records, "Penstock", penstock, ThroughputRow.spread(rates) + " | " + verdict));
    }

    private static Histogram all(List<TransactionWindow> windows) {
        Histogram all = windows.get(0).latencies().copy();
        windows.subList(1, windows.size()).forEach(each -> all.add(each.latencies()));
        return all;
    }

    private static String line(int records, String name, List<TransactionWindow> windows, String end) {
        Histogram all = all(windows);
        return String.format(
                Locale.ROOT,
                "| %d | %s | %.0f | %.2f ms | %.2f ms | %.2f ms | %s |",
                records,
                name,
                median(windows, TransactionWindow::perSecond),
                all.getValueAtPercentile(50) / 1e6,
                all.getValueAtPercentile(99) / 1e6,
                median(windows, TransactionWindow::cpuMillis),
                end);
    }
}
