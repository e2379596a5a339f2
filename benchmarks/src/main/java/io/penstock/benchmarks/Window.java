package io.penstock.benchmarks;

import java.util.Locale;

/**
 * What one window measured.
 *
 * @param cpuSeconds user and system time of the whole process but the just-in-time compiler's threads
 * @param compileSeconds the CPU time of those
 * @param allocatedBytes a record, by all threads
 * @param collections of garbage
 * @param sentBytes a record, by the producer's own count of what it wrote to its connections; 0 if it does not tell
 * @param failed records that were not acknowledged since the process began
 */
record Window(
        long records,
        double wallSeconds,
        double cpuSeconds,
        double compileSeconds,
        double allocatedBytes,
        long collections,
        double sentBytes,
        long failed) {

    boolean isWarm() {
        return Effort.isWarm(compileSeconds, cpuSeconds);
    }

    double cpuSecondsPerMillion() {
        return cpuSeconds * 1e6 / records;
    }

    double compileSecondsPerMillion() {
        return compileSeconds * 1e6 / records;
    }

    double recordsPerSecond() {
        return records / wallSeconds;
    }

    double collectionsPerMillion() {
        return collections * 1e6 / records;
    }

    /** One line that {@link #parse} reads. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d %f %f %f %f %d %f %d",
                records,
                wallSeconds,
                cpuSeconds,
                compileSeconds,
                allocatedBytes,
                collections,
                sentBytes,
                failed);
    }

    static Window parse(String line) {
        String[] parts = line.split(" ");
        return new Window(
                Long.parseLong(parts[0]),
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]),
                Double.parseDouble(parts[4]),
                Long.parseLong(parts[5]),
                Double.parseDouble(parts[6]),
                Long.parseLong(parts[7]));
    }
}
