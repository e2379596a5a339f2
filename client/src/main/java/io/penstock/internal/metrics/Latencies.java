package io.penstock.internal.metrics;

import org.jspecify.annotations.Nullable;

/**
 * How long something takes: percentiles and the maximum over the {@link SampleWindows}.
 *
 * <p>One thread at a time writes, {@link SharedLatencies} is for several; any thread reads, without a lock. Recording is a few plain
 * writes and, once a window, one array. At most {@value #MAX_WINDOWS} windows and one more are kept, however many the settings
 * ask for: they are longer then.
 */
class Latencies extends LatencyFigures {

    private static final int MAX_WINDOWS = 10;

    private final SampleWindows windows;
    private volatile @Nullable LatencyWindow newest;

    Latencies(SampleWindows windows) {
        this.windows = windows.atMost(MAX_WINDOWS);
    }

    /** It took so long, for so many records. */
    void record(long nanos, int records, long nowNanos) {
        if (Measure.OFF) {
            return;
        }
        long took = Math.max(0, nanos);
        LatencyWindow window = newest;
        if (window != null && !windows.isWorthALook(window.startNanos(), nowNanos, window.ownCount())) {
            window.add(took, records, nowNanos);
        } else {
            addWhereItBelongs(window, took, records, nowNanos);
        }
    }

    private void addWhereItBelongs(@Nullable LatencyWindow window, long nanos, int records, long nowNanos) {
        if (window != null && !windows.isComplete(window.startNanos(), nowNanos)) {
            window.add(nanos, records, nowNanos);
            return;
        }
        LatencyWindow next = new LatencyWindow(nowNanos, window);
        next.add(nanos, records, nowNanos);
        next.trim(windows.count(), windows, nowNanos);
        newest = next; // never empty when a reader sees it
    }

    @Override
    final double max(long zeros, long nowNanos) {
        double max = zeros > 0 ? 0 : Double.NaN;
        for (Window window = windows.counting(newest, nowNanos);
                window != null;
                window = windows.counting(window.previous(), nowNanos)) {
            max = Double.isNaN(max) ? window.max() : Math.max(max, window.max());
        }
        return max;
    }

    @Override
    final long countIn(int bucket, long nowNanos) {
        long count = 0;
        for (Window window = windows.counting(newest, nowNanos);
                window != null;
                window = windows.counting(window.previous(), nowNanos)) {
            count += ((LatencyWindow) window).countIn(bucket);
        }
        return count;
    }
}
