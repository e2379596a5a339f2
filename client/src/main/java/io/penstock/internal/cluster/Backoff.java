package io.penstock.internal.cluster;

import java.util.Random;

/**
 * How long to wait before the next try: doubling from {@code baseNanos} up to {@code maxNanos}, each drawn 20 % up or down
 * so that many clients that failed together do not come back together. Never above {@code maxNanos}.
 */
record Backoff(long baseNanos, long maxNanos) {

    private static final double JITTER = 0.2;

    /** Doubling more often than this would pass any maximum. */
    private static final int MAX_DOUBLING_COUNT = 40;

    /** The wait after {@code failureCount} failures in a row; the first has the base as its middle. */
    long nanos(int failureCount, Random random) {
        double wait = baseNanos * (double) (1L << Math.min(Math.max(failureCount - 1, 0), MAX_DOUBLING_COUNT));
        double spread = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return (long) Math.min(Math.min(wait, maxNanos) * spread, maxNanos);
    }
}
