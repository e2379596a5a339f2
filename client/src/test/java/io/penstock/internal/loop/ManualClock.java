package io.penstock.internal.loop;

/** A clock that a test moves by hand; starts close to the overflow of its nanoseconds, where mistakes show. */
public final class ManualClock implements Clock {

    private long nanos = Long.MAX_VALUE - 1_000;
    private long millis = 1_700_000_000_000L;

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long currentTimeMillis() {
        return millis;
    }

    public void advanceNanos(long by) {
        nanos += by;
    }

    public void advanceMillis(long by) {
        nanos += by * 1_000_000;
        millis += by;
    }
}
