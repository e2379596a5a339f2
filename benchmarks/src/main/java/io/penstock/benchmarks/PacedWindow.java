package io.penstock.benchmarks;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What one window of a steady rate measured.
 *
 * @param seconds it was meant to take
 * @param cpuSeconds of the whole process but the compiler
 * @param compileSeconds CPU time of the compiler
 * @param requests sent
 * @param threadSeconds CPU time of the producer's own threads
 * @param threadBytes allocated by them
 * @param latencies from the intended time of each send to its callback, in nanoseconds
 */
record PacedWindow(
        long records,
        double seconds,
        double cpuSeconds,
        double compileSeconds,
        double requests,
        double threadSeconds,
        long threadBytes,
        Histogram latencies) {

    boolean isWarm() {
        return Effort.isWarm(compileSeconds, cpuSeconds);
    }

    double micros(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e3;
    }

    double microsPerRequest() {
        return threadSeconds * 1e6 / requests;
    }

    double bytesPerRequest() {
        return threadBytes / requests;
    }

    /** One line that {@link #parse} reads. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d %f %f %f %f %f %d %s",
                records,
                seconds,
                cpuSeconds,
                compileSeconds,
                requests,
                threadSeconds,
                threadBytes,
                HistogramText.of(latencies));
    }

    static PacedWindow parse(String line) {
        String[] parts = line.split(" ");
        return new PacedWindow(
                Long.parseLong(parts[0]),
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]),
                Double.parseDouble(parts[4]),
                Double.parseDouble(parts[5]),
                Long.parseLong(parts[6]),
                HistogramText.parse(parts[7]));
    }
}
