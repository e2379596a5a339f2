package io.penstock.internal.metrics;

/**
 * A measure that several threads write, under its lock; for what happens to callers that wait or fail.
 *
 * <p>Never written by the loop, and reading takes no lock, so neither is ever held up by it.
 */
public final class SharedMeasure extends Measure {

    public SharedMeasure(SampleWindows windows) {
        super(windows);
    }

    @Override
    public synchronized void record(long value, long nowNanos) {
        super.record(value, nowNanos);
    }
}
