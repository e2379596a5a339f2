package io.penstock.internal.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Measure} took in during one window of time, and the window before it.
 *
 * <p>One thread at a time writes, any reads. A reader sees whole numbers, but may see an event's sum without its count.
 */
class Window {

    private static final VarHandle COUNT;
    private static final VarHandle SUM;
    private static final VarHandle MAX;
    private static final VarHandle LAST;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            COUNT = lookup.findVarHandle(Window.class, "count", long.class);
            SUM = lookup.findVarHandle(Window.class, "sum", long.class);
            LAST = lookup.findVarHandle(Window.class, "lastNanos", long.class);
            MAX = lookup.findVarHandle(Window.class, "max", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long startNanos;
    private volatile @Nullable Window previous;
    private long lastNanos;
    private long count;
    private long sum;
    private long max = Long.MIN_VALUE;

    Window(long startNanos, @Nullable Window previous) {
        this.startNanos = startNanos;
        this.lastNanos = startNanos;
        this.previous = previous;
    }

    long startNanos() {
        return startNanos;
    }

    @Nullable
    Window previous() {
        return previous;
    }

    /** Lets go of windows that no longer count, and of all but the next {@code most}. */
    void trim(int most, SampleWindows windows, long nowNanos) {
        Window kept = this;
        int left = most;
        for (Window next = previous; next != null; next = next.previous) {
            if (left-- == 0 || windows.isOutdated(next.lastNanos(), nowNanos)) {
                kept.previous = null;
                return;
            }
            kept = next;
        }
    }

    final void add(long value, long nowNanos) {
        LAST.setOpaque(this, nowNanos);
        SUM.setOpaque(this, sum + value);
        if (value > max) {
            MAX.setOpaque(this, value);
        }
        COUNT.setRelease(this, count + 1);
    }

    long lastNanos() {
        return (long) LAST.getOpaque(this);
    }

    long count() {
        return (long) COUNT.getAcquire(this);
    }

    /** As {@link #count}, for who writes. */
    final long ownCount() {
        return count;
    }

    long sum() {
        return (long) SUM.getOpaque(this);
    }

    long max() {
        return (long) MAX.getOpaque(this);
    }
}
