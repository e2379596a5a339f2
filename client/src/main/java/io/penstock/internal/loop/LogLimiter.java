package io.penstock.internal.loop;

/**
 * Keeps a failure that repeats from filling the disk: so many log lines in a window of time, the rest only counted.
 *
 * <p>Loop only.
 */
public final class LogLimiter {

    private final int limit;
    private final long windowNanos;

    private boolean open;
    private long windowStartNanos;
    private int used;
    private long suppressedCount;

    public LogLimiter(int limit, long windowNanos) {
        this.limit = limit;
        this.windowNanos = windowNanos;
    }

    /** Whether a line may be logged now. */
    public boolean permits(long nowNanos) {
        if (!open || nowNanos - windowStartNanos >= windowNanos) {
            open = true;
            windowStartNanos = nowNanos;
            used = 0;
        }
        if (used < limit) {
            used++;
            return true;
        }
        suppressedCount++;
        return false;
    }

    /** How many lines were not permitted since this was last asked. */
    public long takeSuppressedCount() {
        long count = suppressedCount;
        suppressedCount = 0;
        return count;
    }
}
