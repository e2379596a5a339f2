package io.penstock.benchmarks;

import java.util.Locale;

/**
 * What one window measured.
 *
 * @param cpuSeconds user and system time of the whole process
 * @param compileSeconds of which, about, the just-in-time compiler's
 * @param allocatedBytes a record, by all threads
 * @param collections of garbage
 * @param failed records that were not acknowledged since the process began
 */
record Window(
        int records,
        double wallSeconds,
        double cpuSeconds,
        double compileSeconds,
        double allocatedBytes,
        long collections,
        long failed) {

    double cpuSecondsPerMillion() {
        return cpuSeconds * 1e6 / records;
    }

    double recordsPerSecond() {
        return records / wallSeconds;
    }

    /** One line that {@link #parse} reads. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d %f %f %f %f %d %d",
                records,
                wallSeconds,
                cpuSeconds,
                compileSeconds,
                allocatedBytes,
                collections,
                failed);
    }

    static Window parse(String line) {
        String[] parts = line.split(" ");
        return new Window(
                Integer.parseInt(parts[0]),
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]),
                Double.parseDouble(parts[4]),
                Long.parseLong(parts[5]),
                Long.parseLong(parts[6]));
    }
}
