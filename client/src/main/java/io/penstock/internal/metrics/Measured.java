package io.penstock.internal.metrics;

import java.util.List;

/**
 * What is read off a {@link Measure}, or off several as if it were one: what each loop of a producer counts of the same thing.
 *
 * <p>Any thread; takes no lock.
 */
public abstract class Measured {

    private static final double NANOS_PER_SECOND = 1e9;

    /** All of them together; the one itself when there is one. */
    static Measured sumOf(List<? extends Measured> parts) {
        return parts.size() == 1 ? parts.get(0) : new Sum(parts);
    }

    /** The sum of all values since the start. */
    public abstract long total();

    /** How often it has happened since the start. */
    public abstract long events();

    /** The largest value; NaN when nothing happened in the windows that count. */
    public abstract double max(long nowNanos);

    /** The sum of the values in the windows that count. */
    public abstract long sum(long nowNanos);

    /** How often it happened in the windows that count. */
    abstract long count(long nowNanos);

    /** What a sum is divided by for a rate. */
    abstract long elapsedNanos(long nowNanos);

    /** The sum of the values, a second. */
    public final double rate(long nowNanos) {
        return sum(nowNanos) * NANOS_PER_SECOND / elapsedNanos(nowNanos);
    }

    /** How often it happens, a second. */
    public final double eventRate(long nowNanos) {
        return count(nowNanos) * NANOS_PER_SECOND / elapsedNanos(nowNanos);
    }

    /** The mean value; NaN when nothing happened in the windows that count. */
    public final double average(long nowNanos) {
        long count = count(nowNanos);
        return count == 0 ? Double.NaN : (double) sum(nowNanos) / count;
    }

    private static final class Sum extends Measured {

        private final List<? extends Measured> parts;

        Sum(List<? extends Measured> parts) {
            this.parts = parts;
        }

        @Override
        public long total() {
            return parts.stream().mapToLong(Measured::total).sum();
        }

        @Override
        public long events() {
            return parts.stream().mapToLong(Measured::events).sum();
        }

        @Override
        public double max(long nowNanos) {
            return parts.stream()
                    .mapToDouble(part -> part.max(nowNanos))
                    .filter(max -> !Double.isNaN(max))
                    .max()
                    .orElse(Double.NaN);
        }

        @Override
        public long sum(long nowNanos) {
            return parts.stream().mapToLong(part -> part.sum(nowNanos)).sum();
        }

        @Override
        long count(long nowNanos) {
            return parts.stream().mapToLong(part -> part.count(nowNanos)).sum();
        }

        /** That of the part whose windows reach back furthest: the others have had nothing to count for as long. */
        @Override
        long elapsedNanos(long nowNanos) {
            return parts.stream()
                    .mapToLong(part -> part.elapsedNanos(nowNanos))
                    .max()
                    .orElse(1);
        }
    }
}
