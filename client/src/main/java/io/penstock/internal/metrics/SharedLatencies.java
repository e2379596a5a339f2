package io.penstock.internal.metrics;

/** Latencies that several threads write, under its lock; never the loop, and reading takes no lock. */
final class SharedLatencies extends Latencies {

    SharedLatencies(SampleWindows windows) {
        super(windows);
    }

    @Override
    synchronized void record(long nanos, int records, long nowNanos) {
        super.record(nanos, records, nowNanos);
    }
}
