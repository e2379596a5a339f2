package io.penstock.benchmarks;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What one window of transactions measured.
 *
 * @param cpuSeconds of the whole process but the compiler
 * @param latencies from before a transaction's begin to after its commit, in nanoseconds
 */
record TransactionWindow(double wallSeconds, double cpuSeconds, Histogram latencies) {

    long count() {
        return latencies.getTotalCount();
    }

    double perSecond() {
        return count() / wallSeconds;
    }

    double cpuMillis() {
        return cpuSeconds * 1e3 / count();
    }

    /** One line that {@link #parse} reads. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%f %f %s", wallSeconds, cpuSeconds, HistogramText.of(latencies));
    }

    static TransactionWindow parse(String line) {
        String[] parts = line.split(" ");
        return new TransactionWindow(
                Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), HistogramText.parse(parts[2]));
    }
}
