package io.penstock.internal.loop;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: doubling with every failure up to a maximum, give or take 20 %, so that many clients that
 * failed together do not come back together (KIP-580). Never above the maximum.
 *
 * @param firstNanos after the first failure, before jitter; no more than the maximum counts. 0 for at once, but only once: the
 *     next waits are a millisecond, doubled each time
 * @param maxNanos the longest
 */
public record Backoff(long firstNanos, long maxNanos) {

    private static final double JITTER = 0.2;

    /** The second wait where the first is none. */
    private static final long MIN_REPEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Doubling more often than this would pass any maximum. */
    private static final int MAX_DOUBLINGS = 62;

    private static final long SHORT_NANOS = 1_000_000;
    private static final long SHORT_MAX_NANOS = 20_000_000;

    /** From one millisecond to twenty, never longer than this one: for what will be over in a moment. */
    public Backoff shortened() {
        return new Backoff(Math.min(SHORT_NANOS, firstNanos), Math.min(SHORT_MAX_NANOS, maxNanos));
    }

    /** @param failureCount in a row, 1 or more */
    public long nanos(int failureCount, RandomGenerator random) {
        if (firstNanos == 0 && failureCount > 1 && maxNanos > 0) {
            // At once means once: whoever goes on failing would otherwise be asked as fast as it can refuse.
            return new Backoff(MIN_REPEAT_NANOS, maxNanos).nanos(failureCount - 1, random);
        }
        double doubled = firstNanos * Math.pow(2, Math.min(Math.max(failureCount - 1, 0), MAX_DOUBLINGS));
        double jittered = Math.min(doubled, (double) maxNanos) * (1 - JITTER + 2 * JITTER * random.nextDouble());
        // Above the maximum it is mirrored below, lest half of all clients come back after exactly the maximum.
        return (long) (jittered > maxNanos ? 2.0 * maxNanos - jittered : jittered);
    }
}
