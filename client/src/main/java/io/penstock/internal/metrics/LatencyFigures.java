package io.penstock.internal.metrics;

import java.util.List;

/**
 * What is read off {@link Latencies}, or off several as if they were one.
 *
 * <p>Any thread; takes no lock.
 */
abstract class LatencyFigures {

    /** All of them together; the one itself when there is one. */
    static LatencyFigures sumOf(List<Latencies> parts) {
        return parts.size() == 1 ? parts.get(0) : new Sum(parts);
    }

    /** How many records fell into the bucket, in the windows that count. */
    abstract long countIn(int bucket, long nowNanos);

    /**
     * The longest, exactly, in nanoseconds; NaN when there is none.
     *
     * @param zeros of how many more records it is known that they took no time at all
     */
    abstract double max(long zeros, long nowNanos);

    /** How many records took however long, in the windows that count. */
    final long count(long nowNanos) {
        long count = 0;
        for (int bucket = 0; bucket < LatencyWindow.BUCKETS; bucket++) {
            count += countIn(bucket, nowNanos);
        }
        return count;
    }

    /**
     * What so great a part of the records did not exceed, in nanoseconds; NaN when there are none.
     *
     * @param part above 0, at most 1
     */
    final double percentile(double part, long zeros, long nowNanos) {
        long all = zeros + count(nowNanos);
        if (all == 0) {
            return Double.NaN;
        }
        long left = (long) Math.ceil(all * part) - zeros;
        for (int bucket = 0; left > 0 && bucket < LatencyWindow.BUCKETS; bucket++) {
            left -= countIn(bucket, nowNanos);
            if (left <= 0) {
                return Math.min(LatencyWindow.nanosOf(bucket), max(zeros, nowNanos));
            }
        }
        return left <= 0 ? 0 : max(zeros, nowNanos);
    }

    private static final class Sum extends LatencyFigures {

        private final List<Latencies> parts;

        Sum(List<Latencies> parts) {
            this.parts = parts;
        }

        @Override
        long countIn(int bucket, long nowNanos) {
            return parts.stream()
                    .mapToLong(part -> part.countIn(bucket, nowNanos))
                    .sum();
        }

        @Override
        double max(long zeros, long nowNanos) {
            return parts.stream()
                    .mapToDouble(part -> part.max(zeros, nowNanos))
                    .filter(max -> !Double.isNaN(max))
                    .max()
                    .orElse(Double.NaN);
        }
    }
}
