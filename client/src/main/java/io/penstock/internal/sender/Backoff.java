package io.penstock.internal.sender;

import java.util.random.RandomGenerator;

/**
 * How long to wait before an attempt: doubling from the first to the longest, 20 % to either side at random (KIP-580).
 *
 * @param firstNanos before the second attempt
 * @param maxNanos the longest, before jitter
 */
public record Backoff(long firstNanos, long maxNanos) {

    private static final double JITTER = 0.2;
    private static final int MAX_DOUBLINGS = 30;

    /** @param failures attempts that have failed, 1 or more */
    public long nanos(int failures, RandomGenerator random) {
        int doublings = Math.min(Math.max(failures - 1, 0), MAX_DOUBLINGS);
        double base = Math.min((double) maxNanos, (double) firstNanos * (1L << doublings));
        return (long) (base * (1 - JITTER + 2 * JITTER * random.nextDouble()));
    }
}
