package io.penstock.testkit.sim;

import io.penstock.internal.loop.Clock;

/**
 * Virtual time: stands still but for {@link #moveTo}.
 *
 * <p>Inside the simulation time is counted from 0. What the engine sees has an origin of its own, so that seeds in which
 * {@code nanoTime} is negative, or overflows in the middle of the run, are among the others.
 */
final class SimClock implements Clock {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long originNanos;
    private final long originMillis;
    private long elapsedNanos;

    SimClock(long originNanos, long originMillis) {
        this.originNanos = originNanos;
        this.originMillis = originMillis;
    }

    /** Since the start. */
    long now() {
        return elapsedNanos;
    }

    /** Time never goes back. */
    void moveTo(long nanos) {
        elapsedNanos = Math.max(elapsedNanos, nanos);
    }

    @Override
    public long nanoTime() {
        return originNanos + elapsedNanos;
    }

    @Override
    public long currentTimeMillis() {
        return originMillis + elapsedNanos / NANOS_PER_MILLI;
    }
}
