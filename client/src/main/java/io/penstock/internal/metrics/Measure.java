package io.penstock.internal.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens with a number to it: its total since the start, and its rate, average and maximum over the
 * {@link SampleWindows}.
 *
 * <p>One thread writes, the loop; {@link SharedMeasure} is for several. Recording is a few plain writes and, once a window, one
 * small object. Whoever reads computes, on any thread, and holds nobody up. It keeps at most one window more than count.
 */
public class Measure extends Measured {

    /** Set by the benchmark alone, to see what all this costs; nothing is counted then. A constant to the compiler. */
    static final boolean OFF = Boolean.getBoolean("io.penstock.internal.metrics.off");

    private static final VarHandle TOTAL;
    private static final VarHandle EVENTS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TOTAL = lookup.findVarHandle(Measure.class, "total", long.class);
            EVENTS = lookup.findVarHandle(Measure.class, "events", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final SampleWindows windows;
    private volatile @Nullable Window newest;
    private long total;
    private long events;

    public Measure(SampleWindows windows) {
        this.windows = windows;
    }

    /** It happened. */
    public void record(long value, long nowNanos) {
        if (OFF) {
            return;
        }
        Window window = newest;
        if (window != null && !windows.isWorthALook(window.startNanos(), nowNanos, window.ownCount())) {
            window.add(value, nowNanos);
        } else {
            addWhereItBelongs(window, value, nowNanos);
        }
        TOTAL.setOpaque(this, total + value);
        EVENTS.setOpaque(this, events + 1);
    }

    private void addWhereItBelongs(@Nullable Window window, long value, long nowNanos) {
        if (window != null && !windows.isComplete(window.startNanos(), nowNanos)) {
            window.add(value, nowNanos);
            return;
        }
        Window next = new Window(nowNanos, window);
        next.add(value, nowNanos);
        next.trim(windows.count(), windows, nowNanos);
        newest = next; // never empty when a reader sees it
    }

    @Override
    public final long total() {
        return (long) TOTAL.getOpaque(this);
    }

    @Override
    public final long events() {
        return (long) EVENTS.getOpaque(this);
    }

    @Override
    public final double max(long nowNanos) {
        Window window = windows.counting(newest, nowNanos);
        if (window == null) {
            return Double.NaN;
        }
        long max = window.max();
        for (; window != null; window = windows.counting(window.previous(), nowNanos)) {
            max = Math.max(max, window.max());
        }
        return max;
    }

    @Override
    public final long sum(long nowNanos) {
        long sum = 0;
        for (Window window = windows.counting(newest, nowNanos);
                window != null;
                window = windows.counting(window.previous(), nowNanos)) {
            sum += window.sum();
        }
        return sum;
    }

    @Override
    final long count(long nowNanos) {
        long count = 0;
        for (Window window = windows.counting(newest, nowNanos);
                window != null;
                window = windows.counting(window.previous(), nowNanos)) {
            count += window.count();
        }
        return count;
    }

    @Override
    final long elapsedNanos(long nowNanos) {
        long since = 0;
        for (Window window = windows.counting(newest, nowNanos);
                window != null;
                window = windows.counting(window.previous(), nowNanos)) {
            since = Math.max(0, nowNanos - window.startNanos());
        }
        return windows.elapsedNanos(since);
    }
}
