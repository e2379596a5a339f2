package io.penstock.internal.metrics;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * How often each length of time occurred during one window, in log-linear buckets.
 *
 * <p>One thread at a time writes, any reads. Up to 64 microseconds a bucket is one microsecond wide, and from there on each doubling
 * is cut into 32, so that the middle of a bucket is never further than 1.6 % from what fell into it. Fixed in size: 896 counters
 * of 4 bytes, which stop at 2^31 - 1.
 */
final class LatencyWindow extends Window {

    private static final int SUB_BITS = 5;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;

    /** Over an hour; what takes longer falls into the last bucket, and its exact length is the window's maximum. */
    private static final long MAX_MICROS = (1L << 32) - 1;

    static final int BUCKETS = bucketOf(MAX_MICROS) + 1;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(BUCKETS);

    LatencyWindow(long startNanos, @Nullable Window previous) {
        super(startNanos, previous);
    }

    /** So many records took so long. */
    void add(long nanos, int records, long nowNanos) {
        int bucket = bucketOf(nanos / 1_000);
        int sum = counts.getOpaque(bucket) + records;
        counts.setOpaque(bucket, sum < 0 ? Integer.MAX_VALUE : sum);
        add(nanos, nowNanos);
    }

    int countIn(int bucket) {
        return counts.getOpaque(bucket);
    }

    static int bucketOf(long micros) {
        if (micros < SUB_BUCKETS) {
            return (int) Math.max(0, micros);
        }
        long value = Math.min(micros, MAX_MICROS);
        int shift = Long.SIZE - 1 - SUB_BITS - Long.numberOfLeadingZeros(value);
        return (shift << SUB_BITS) + (int) (value >>> shift);
    }

    /** What a bucket stands for: its middle, in nanoseconds; the first one for 0. */
    static double nanosOf(int bucket) {
        if (bucket == 0) {
            return 0;
        }
        int shift = Math.max(0, (bucket >>> SUB_BITS) - 1);
        long lowest = (long) (bucket - (shift << SUB_BITS)) << shift;
        return (lowest + (1L << shift) / 2.0) * 1_000;
    }
}
