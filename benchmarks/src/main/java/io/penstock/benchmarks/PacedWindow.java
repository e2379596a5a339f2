package io.penstock.benchmarks;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What one window of a steady rate measured.
 *
 * @param cpuSeconds of the whole process but the compiler
 * @param requests sent
 * @param threadSeconds CPU time of the producer's own threads
 * @param threadBytes allocated by them
 * @param latencies from the intended time of each send to its callback, in nanoseconds
 */
record PacedWindow(
        long records, double cpuSeconds, double requests, double threadSeconds, long threadBytes, Histogram latencies) {

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
        ByteBuffer bytes = ByteBuffer.allocate(latencies.getNeededByteBufferCapacity());
        int size = latencies.encodeIntoByteBuffer(bytes);
        byte[] encoded = new byte[size];
        bytes.get(0, encoded);
        return String.format(
                Locale.ROOT,
                "%d %f %f %f %d %s",
                records,
                cpuSeconds,
                requests,
                threadSeconds,
                threadBytes,
                Base64.getEncoder().encodeToString(encoded));
    }

    static PacedWindow parse(String line) {
        String[] parts = line.split(" ");
        return new PacedWindow(
                Long.parseLong(parts[0]),
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]),
                Long.parseLong(parts[4]),
                Histogram.decodeFromByteBuffer(
                        ByteBuffer.wrap(Base64.getDecoder().decode(parts[5])), 0));
    }
}
