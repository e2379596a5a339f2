package io.penstock.internal.loop;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: doubling with every failure up to a maximum, give or take 20 %, so that many clients that
 * failed together do not come back together (KIP-580). Never above the maximum.
 *
 * @param firstNanos after the first failure, before jitter; no more than the maximum counts
 * @param maxNanos the longest
 */
public record Backoff(long firstNanos, long maxNanos) {

    private static final double JITTER = 0.2;

    /** Doubling more often than this would pass any maximum. */
    private static final int MAX_DOUBLINGS = 62;

    /** @param failureCount in a row, 1 or more */
    public long nanos(int failureCount, RandomGenerator random) {
        double doubled = firstNanos * Math.pow(2, Math.min(Math.max(failureCount - 1, 0), MAX_DOUBLINGS));
        double jittered = Math.min(doubled, (double) maxNanos) * (1 - JITTER + 2 * JITTER * random.nextDouble());
        // Above the maximum it is mirrored below, lest half of all clients come back after exactly the maximum.
        return (long) (jittered > maxNanos ? 2.0 * maxNanos - jittered : jittered);
    }
}
