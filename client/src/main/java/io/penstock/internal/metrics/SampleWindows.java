package io.penstock.internal.metrics;

import org.jspecify.annotations.Nullable;

/**
 * The time that rates, averages and maxima look back over, cut into windows as Kafka cuts it.
 *
 * <p>Immutable. A window begins with an event, takes in what happens for {@code windowNanos}, and counts as long as its last event
 * is not older than {@code count} windows. So between {@code count} and {@code count + 1} windows are kept.
 *
 * @param count {@code metrics.num.samples}, 1 or more
 * @param windowNanos {@code metrics.sample.window.ms}, at least a nanosecond
 */
public record SampleWindows(int count, long windowNanos) {

    /** Over less than this a rate says nothing. */
    private static final long MIN_ELAPSED_NANOS = 1_000_000;

    public SampleWindows {
        // Far below the overflow of the differences that follow.
        windowNanos = Math.max(1, Math.min(windowNanos, Long.MAX_VALUE / 4 / (count + 1L)));
    }

    /** The same time in no more than so many windows. */
    SampleWindows atMost(int most) {
        return count <= most ? this : new SampleWindows(most, windowNanos / most * count);
    }

    boolean isComplete(long startNanos, long nowNanos) {
        return nowNanos - startNanos >= windowNanos;
    }

    /**
     * Whether to ask {@link #isComplete}: also whenever so many events in the window are a power of two, for the compiler's sake alone:
     * docs/decisions/late-branches.md. One branch for both, as each would be judged by itself.
     */
    boolean isWorthALook(long startNanos, long nowNanos, long events) {
        long leftNanos = windowNanos - 1 - (nowNanos - startNanos);
        long notPowerOfTwo = (events & (events - 1)) - 1;
        return (leftNanos | notPowerOfTwo) < 0;
    }

    boolean isOutdated(long lastNanos, long nowNanos) {
        return nowNanos - lastNanos >= count * windowNanos;
    }

    /** The window, if it still counts; those before one that does not are older still. */
    @Nullable
    Window counting(@Nullable Window window, long nowNanos) {
        return window == null || isOutdated(window.lastNanos(), nowNanos) ? null : window;
    }

    /**
     * What a sum is divided by for a rate.
     *
     * <p>A producer that has just begun is taken to have been idle before, so that its first records do not look like a high rate.
     *
     * @param sinceNanos how long ago the oldest window that counts began
     */
    long elapsedNanos(long sinceNanos) {
        long missingWindows = Math.max(0, count - 1 - sinceNanos / windowNanos);
        return Math.max(MIN_ELAPSED_NANOS, sinceNanos + missingWindows * windowNanos);
    }
}
