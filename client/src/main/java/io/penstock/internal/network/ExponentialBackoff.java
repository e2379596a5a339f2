package io.penstock.internal.network;

import java.util.random.RandomGenerator;

/**
 * A delay that doubles with every failure up to a maximum, give or take 20 %, so that many clients that failed together
 * do not come back together.
 */
final class ExponentialBackoff {

    private static final double JITTER = 0.2;
    private static final int MAX_DOUBLINGS = 62;

    private final long initialNanos;
    private final long maxNanos;
    private final RandomGenerator random;

    ExponentialBackoff(long initialNanos, long maxNanos, RandomGenerator random) {
        this.initialNanos = Math.min(initialNanos, maxNanos);
        this.maxNanos = maxNanos;
        this.random = random;
    }

    /** The delay after so many failures before this one; at most the maximum. */
    long delayNanos(int failureCount) {
        double doubled = (double) initialNanos * Math.pow(2, Math.min(failureCount, MAX_DOUBLINGS));
        double jittered = Math.min(doubled, (double) maxNanos) * (1 - JITTER + 2 * JITTER * random.nextDouble());
        // Above the maximum it is mirrored below, lest half of all clients come back after exactly the maximum.
        return (long) (jittered > maxNanos ? 2.0 * maxNanos - jittered : jittered);
    }
}
