package io.penstock.benchmarks;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What one window of transactions measured.
 *
 * @param cpuSeconds of the whole process but the compiler
 * @param compileSeconds CPU time of the compiler
 * @param latencies from before a transaction's begin to after its commit, in nanoseconds
 */
record TransactionWindow(double wallSeconds, double cpuSeconds, double compileSeconds, Histogram latencies) {

    boolean isWarm() {
        return Effort.isWarm(compileSeconds, cpuSeconds);
    }

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
        return String.format(
                Locale.ROOT, "%f %f %f %s", wallSeconds, cpuSeconds, compileSeconds, HistogramText.of(latencies));
    }

    static TransactionWindow parse(String line) {
        String[] parts = line.split(" ");
        return new TransactionWindow(
                Double.parseDouble(parts[0]),
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                HistogramText.parse(parts[3]));
    }
}
